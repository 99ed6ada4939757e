"""Vietnamese text analysis: text in, tokens out, the same for documents and queries. pyvi is loaded when words are first asked for."""

from analyzers.pipeline import ANALYZER_VERSION, Analyzer, FieldTokens
from analyzers.syllables import Token
from analyzers.units import Unit, Variant

__all__ = ["ANALYZER_VERSION", "Analyzer", "FieldTokens", "Token", "Unit", "Variant"]
