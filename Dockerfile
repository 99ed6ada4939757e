# The command line, the page and the HTTP API. Two stages: what builds is left behind.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/baocao
WORKDIR /src
COPY requirements.txt ./
RUN /opt/baocao/bin/pip install --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY analyzers analyzers
COPY indexer indexer
COPY api api
RUN /opt/baocao/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /data baocao
COPY --from=build /opt/baocao /opt/baocao
# The embedded engine, where it is used, keeps its index under /data.
ENV PATH=/opt/baocao/bin:$PATH PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 XDG_DATA_HOME=/data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["baocao"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
