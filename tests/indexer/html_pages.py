"""Pages in the forms of Vietnamese portals, written for the tests, each with the article that must come out of it.

`text` is the whole extracted text, line by line; `rivals` what the page's menus, boxes and footers say, of which nothing may be left.
Names, places and figures are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

A = (
    "Sáng 18/3, Thường trực Tỉnh ủy Đắk Lắk tổ chức hội nghị giao ban với các đảng ủy trực thuộc, đánh giá kết quả thực hiện nhiệm vụ quý I và bàn "
    "nhiệm vụ trọng tâm quý II/2026."
)
B = (
    "Phát biểu kết luận, đồng chí Y Biêr Niê Kđăm, Phó Bí thư Tỉnh ủy, yêu cầu các địa phương đẩy nhanh tiến độ giải ngân vốn đầu tư công, phấn đấu đạt "
    "trên 24,4% kế hoạch trong tháng tới."
)
C = "Cùng dự có các đồng chí trong Ban Thường vụ Tỉnh ủy."
D = (
    "Hội nghị thống nhất giao Ủy ban nhân dân tỉnh rà soát toàn bộ 26 dự án chậm tiến độ, báo cáo Thường trực Tỉnh ủy trước ngày 30/4; chỉ số sản xuất công "
    "nghiệp tăng 10,5% so với cùng kỳ."
)
SAPO = "Quý I, kinh tế của tỉnh tiếp tục phục hồi; nhiều chỉ tiêu đạt và vượt kế hoạch đề ra."
TITLE = "Tỉnh ủy giao ban công tác quý I năm 2026"
OTHERS = "".join(
    f"<div class=item><h4><a>Ông Vũ Đức Thắng thăm cơ sở lần {n}</a></h4><p>Chiều nay, ông Vũ Đức Thắng, Bí thư Thành ủy Hải Vân, đã thăm cơ sở sản xuất "
    "và tặng quà cho công nhân, người lao động của thành phố.</p></div>"
    for n in range(9)
)


@dataclass(frozen=True)
class Page:
    name: str
    html: str
    title: str
    published: str | None
    text: tuple[str, ...]
    rivals: tuple[str, ...]
    url: str | None = None


# A newspaper's content system: everything in classes, JSON-LD with the date, related news inside of the article's own block.
NEWSPAPER = Page(
    "newspaper",
    f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE} - Báo Cao Nguyên điện tử</title>
<meta property="og:title" content="{TITLE}"><meta property="og:url" content="https://baocaonguyen.example/thoi-su/giao-ban-quy-i-1234.html">
<meta property="article:modified_time" content="2026-04-02T08:00:00+07:00">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"BreadcrumbList","itemListElement":[]}},
{{"@type":"NewsArticle","headline":"{TITLE}","dateModified":"2026-04-02T08:00:00+07:00","datePublished":"2026-03-18T14:05:00+07:00",
"author":{{"@type":"Person","name":"Kim Bảo"}}}}]}}</script><style>.a{{color:red}}</style></head><body>
<header><div class="logo"><a href="/">Báo Cao Nguyên</a></div><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/cm">Chính trị</a></li>
<li><a href="/kt">Kinh tế</a></li></ul></nav></header>
<div class="container"><div class="row"><div class="col-left">
<div class="breadcrumb"><a href="/">Trang chủ</a> &raquo; <a href="/thoi-su">Thời sự</a></div>
<article class="article-detail"><h1 class="article-title">{TITLE}</h1>
<div class="meta"><time datetime="2026-03-18T14:05">14:05, 18/03/2026</time></div>
<ul class="social-share"><li><a href="#">Facebook</a></li><li><a href="#">Zalo</a></li><li><a href="#">Sao chép liên kết</a></li></ul>
<div class="sapo"><strong>{SAPO}</strong></div>
<div class="article-body"><p>{A}</p>
<figure><img src="a.jpg" alt="giao ban"><figcaption>Quang cảnh hội nghị giao ban. Ảnh: Kim Bảo</figcaption></figure>
<p>{B}</p>
<div class="box-related related-inline"><h4>Tin liên quan</h4><ul><li><a href="/x">Chủ tịch UBND thành phố Hải Vân Trần Văn Nam thăm doanh nghiệp</a></li>
</ul></div>
<p>{C}</p><p>{D}</p><p class="author"><strong>Kim Bảo</strong></p></div>
<div class="tags"><span>Từ khóa:</span> <a href="/t1">Tỉnh ủy</a>, <a href="/t2">giao ban</a></div></article>
<section class="news-other"><h3>Tin cùng chuyên mục</h3><article><h2><a href="/n1">Bí thư Thành ủy Lê Thị Mận kiểm tra phòng chống bão</a></h2>
<time datetime="2026-05-01">01/05/2026</time>
<p>Chiều 1/5, Bí thư Thành ủy Lê Thị Mận đã đến kiểm tra công tác phòng, chống bão tại các phường ven biển của thành phố.</p></article>
</section></div>
<aside class="sidebar"><h3>Đọc nhiều</h3><ul><li><a href="/n2">Lũ về trên sông Cái</a></li></ul></aside></div></div>
<footer><p>Cơ quan chủ quản: Thành ủy Hải Vân. Địa chỉ: 12 Trần Phú, thành phố Hải Vân. Điện thoại: 0250.3000000.</p></footer>
<script>var x = "<p>không phải bài</p>";</script></body></html>""",
    TITLE,
    "2026-03-18",
    (TITLE, "14:05, 18/03/2026", SAPO, A, "Quang cảnh hội nghị giao ban. Ảnh: Kim Bảo", B, C, D, "Kim Bảo"),
    ("Trần Văn Nam", "Lê Thị Mận", "Hải Vân", "Lũ về", "Từ khóa", "Trang chủ", "không phải bài", "Zalo"),
    "https://baocaonguyen.example/thoi-su/giao-ban-quy-i-1234.html",
)

# SharePoint: tables for layout, br for paragraphs, the title in an element of a class only, the date as text beside it.
SHAREPOINT = Page(
    "sharepoint",
    f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>
	{TITLE} | Cổng thông tin điện tử tỉnh
</title></head><body><form id="aspnetForm"><table width="100%"><tr><td colspan="3">
<a href="/">Trang chủ</a> | <a href="/gt">Giới thiệu</a> | <a href="/lh">Liên hệ</a></td></tr>
<tr><td class="left" width="200"><div>Tin nổi bật</div><a href="/1">Sở Y tế thành phố Hải Vân triển khai tiêm chủng</a><br>
<a href="/2">Thông báo lịch tiếp dân</a></td>
<td class="main"><div class="ms-rtestate-field"><div class="title-detail">{TITLE}</div><div class="date-detail">Ngày đăng: 18/03/2026</div>
<div class="noidung">{SAPO}<br><br>{A}<br />
<table align="center"><tr><td><img src="b.jpg"></td></tr><tr><td><em>Các đại biểu dự hội nghị tại điểm cầu tỉnh</em></td></tr></table>
{B}<br>{C}<br><br>{D}<div style="text-align:right"><b>Tin, ảnh: Hồng Vân</b></div></div></div>
<div>Các tin khác</div><ul><li><a href="/3">Phó Chủ tịch UBND thành phố Hải Vân Ngô Bá Thành tiếp khách quốc tế (20/05/2026)</a></li></ul></td>
<td class="right">Liên kết website<select><option>Bộ Nội vụ</option></select><p>Đang truy cập: 15</p></td></tr>
<tr><td colspan="3"><div class="footer">Bản quyền thuộc Cổng thông tin điện tử thành phố Hải Vân<br>Địa chỉ: 12 Trần Phú</div></td></tr></table></form>
</body></html>""",
    TITLE,
    "2026-03-18",
    (TITLE, "Ngày đăng: 18/03/2026", SAPO, A, "Các đại biểu dự hội nghị tại điểm cầu tỉnh", B, C, D, "Tin, ảnh: Hồng Vân"),
    ("Hải Vân", "Ngô Bá Thành", "Bộ Nội vụ", "Đang truy cập", "tiếp dân"),
)

# Liferay: h3 title, dd/MM/yyyy in a span, meta published_time, a caption as a centred paragraph, related news by class of a div.
LIFERAY = Page(
    "liferay",
    f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><meta property="article:published_time" content="2026-03-18T02:10:00Z">
<meta property="og:updated_time" content="2026-06-01"><link rel="canonical" href="https://tinh.example/web/guest/-/giao-ban">
<title>{TITLE} - Trang chủ</title></head><body class="portal"><div id="banner"><span>CỔNG THÔNG TIN ĐIỆN TỬ TỈNH</span></div>
<nav id="navigation"><a>Tin tức</a><a>Văn bản</a></nav>
<div class="portlet-body"><div class="asset-full-content"><h3 class="header-title">{TITLE}</h3><span class="date">18/03/2026 09:10</span>
<div class="toolbar"><a>Cỡ chữ</a> <a>A-</a> <a>A+</a> <a>Đọc bài viết</a></div>
<div class="journal-content-article"><p style="text-align:justify"><strong>{SAPO}</strong></p><p>{A}</p><p style="text-align:center"><img src="c.png"></p>
<p style="text-align:center"><em>Đồng chí Y Biêr Niê Kđăm phát biểu tại hội nghị</em></p><div>{B}</div><p>&nbsp;</p><p><span>{C}</span></p><p>{D}</p>
<p style="text-align:right">Nguyễn Thị Hoa</p></div></div>
<div class="taglib-related-assets"><h4>Tin liên quan</h4>
<p>Ông Phan Đình Lộc, Chủ tịch Hội đồng nhân dân thành phố Hải Vân, đã chủ trì phiên họp thường kỳ của Hội đồng vào sáng nay.</p></div></div>
<div id="footer"><p>Chịu trách nhiệm nội dung: Ông Đỗ Hữu Tín, Chánh Văn phòng UBND thành phố Hải Vân</p></div></body></html>""",
    TITLE,
    "2026-03-18",
    (TITLE, "18/03/2026 09:10", SAPO, A, "Đồng chí Y Biêr Niê Kđăm phát biểu tại hội nghị", B, C, D, "Nguyễn Thị Hoa"),
    ("Phan Đình Lộc", "Đỗ Hữu Tín", "Hải Vân", "Cỡ chữ", "CỔNG"),
    "https://tinh.example/web/guest/-/giao-ban",
)

# No metadata, no semantics, no date: divs only; the footer's and the boxes' dates are not the article's.
DATELESS = Page(
    "dateless",
    f"""<html><body><div id="menu"><a href="/">Trang chủ</a><a href="/b">Tin tức - Sự kiện</a></div><div class="wrap">
<div class="lastupdate">Cập nhật: 05/06/2026</div>
<h2 class="post-title">{TITLE}</h2><div class="content-detail"><div>{A}</div><div>{B}</div><div>{C}</div><div>{D}</div></div>
<div class="other-news"><b>Bài viết khác</b><div><a href="/5">Khai mạc lễ hội biển Hải Vân</a> <span class="date">02/05/2026</span></div></div></div>
<div class="copyright">© 2026 UBND thành phố Hải Vân</div></body></html>""",
    TITLE,
    None,
    (TITLE, A, B, C, D),
    ("Hải Vân", "05/06/2026", "Tin tức", "02/05"),
)

# A table of figures is part of the text; the title in h1 differs from <title>; time with a datetime; the site's own h1 is its logo.
FIGURES = Page(
    "figures",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cổng thông tin | {TITLE}</title></head><body>
<h1 class="logo"><a href="/">Tỉnh ủy Đắk Lắk</a></h1><div class="menu-main"><ul><li><a>Giới thiệu</a></li></ul></div>
<main><h1>{TITLE}</h1><p class="time"><time datetime="2026-03-18">Thứ tư, 18/03/2026</time></p><p>{A}</p>
<table border="1"><tr><th>Chỉ tiêu</th><th>Quý I</th></tr><tr><td>Thu ngân sách (tỷ đồng)</td><td>1.234</td></tr></table>
<ul><li>Tập trung thu hút đầu tư;</li><li>Đẩy mạnh cải cách hành chính.</li></ul>
<p>{B}<br>{C}</p><blockquote>{D}</blockquote><p><i>Lê Na</i></p></main>
<div class="share-buttons"><a>Chia sẻ</a></div><div id="comments"><h3>Bình luận (2)</h3>
<p>Bạn đọc Trịnh Văn Sơn: tôi rất đồng tình với ý kiến chỉ đạo của lãnh đạo tỉnh tại hội nghị lần này, mong sớm thực hiện.</p></div>
<footer>Thành phố Hải Vân</footer></body></html>""",
    TITLE,
    "2026-03-18",
    (
        TITLE,
        "Thứ tư, 18/03/2026",
        A,
        "Chỉ tiêu | Quý I",
        "Thu ngân sách (tỷ đồng) | 1.234",
        "Tập trung thu hút đầu tư;",
        "Đẩy mạnh cải cách hành chính.",
        B,
        C,
        D,
        "Lê Na",
    ),
    ("Trịnh Văn Sơn", "Hải Vân", "Chia sẻ", "Giới thiệu"),
)

# Old HTML without closing tags, upper case, entities, font elements; a text date below the title; related news straight after the text.
OLD = Page(
    "old",
    f"""<HTML><HEAD><TITLE>{TITLE}</TITLE></HEAD><BODY BGCOLOR=white><CENTER><A HREF=/>Trang ch&#7911;</A> | <A HREF=/vb>V&#259;n b&#7843;n</A></CENTER><HR>
<FONT SIZE=4><B>{TITLE}</B></FONT><BR><I>(18/03/2026, 14:00)</I>
<P>{A.replace("ắ", "&#7855;")}<P ALIGN=CENTER><IMG SRC=d.gif><BR><I>Toàn cảnh hội nghị</I><P>{B}<P>{C}<P>{D}<P ALIGN=RIGHT><B>PV</B><HR>
<B>Các tin đã đưa</B><UL><LI><A HREF=/9>Khởi công cầu Hải Vân (01/02/2026)</A><LI><A HREF=/8>Họp báo thường kỳ (02/02/2026)</A></UL>
<CENTER>&copy; 2026 Thành phố Hải Vân</CENTER></BODY></HTML>""",
    TITLE,
    "2026-03-18",
    (TITLE, "(18/03/2026, 14:00)", A, "Toàn cảnh hội nghị", B, C, D, "PV"),
    ("Hải Vân", "Họp báo", "Văn bản"),
)

# One short paragraph only, among much longer boxes of other news.
SHORT = Page(
    "short",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{TITLE} - Tỉnh ủy"><meta name="pubdate" content="18/03/2026">
</head><body>
<div class="header"><a>Trang chủ</a></div><div class="detail-content"><h1>{TITLE}</h1><p>{A}</p></div>
<div class="list-news"><h3>Tin mới nhất</h3>{OTHERS}</div>
</body></html>""",
    TITLE,
    "2026-03-18",
    (TITLE, A),
    ("Vũ Đức Thắng", "Hải Vân", "Trang chủ"),
)

# WordPress: entry-title, entry-date published beside updated, wp-caption as dd, hidden blocks, JSON-LD that is broken.
WORDPRESS = Page(
    "wordpress",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE} &#8211; Huyện ủy</title>
<script type="application/ld+json">{{"datePublished": oops</script></head>
<body class="single-post has-sidebar"><div id="page"><header id="masthead"><p>Huyện ủy</p></header><div id="content" class="site-content has-related">
<article class="post type-post category-tin"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta"><time class="updated" datetime="2026-04-09T01:00:00+00:00">09/04/2026</time>
<time class="entry-date published" datetime="2026-03-18T08:00:00+07:00">18/03/2026</time>
</div></header><div class="entry-content"><p>{A}</p><dl class="wp-caption"><dt><img src=e.jpg></dt>
<dd class="wp-caption-text">Đại biểu biểu quyết thông qua nghị quyết</dd></dl>
<div style="display:none"><p>Nội dung ẩn về ông Hồ Sỹ Ẩn, Bí thư Thành ủy Hải Vân, không thuộc về bài viết này và không ai nhìn thấy được nó.</p></div>
<p>{B}</p><p>{C}</p><p>{D}</p><div class="sharedaddy"><span>Chia sẻ:</span><a>Facebook</a></div></div>
<footer class="entry-footer"><span class="tags-links">Thẻ: <a>giao ban</a></span></footer></article>
<nav class="post-navigation"><a>Bài trước</a><a>Bài sau: Hải Vân đón khách</a></nav></div><div id="secondary" class="widget-area"><p>Hải Vân</p></div></div>
</body></html>""",
    TITLE,
    "2026-03-18",
    (TITLE, "18/03/2026", A, "Đại biểu biểu quyết thông qua nghị quyết", B, C, D),
    ("Hồ Sỹ Ẩn", "Hải Vân", "Facebook", "Thẻ", "09/04"),
)

PAGES = (NEWSPAPER, SHAREPOINT, LIFERAY, DATELESS, FIGURES, OLD, SHORT, WORDPRESS)
