"""PDFs for tests of redaction, made here: with notes, fields, attachments, hidden words, split words and ligatures."""

import io

import pikepdf
import typst

PDF = "application/pdf"


def typed(*pages: str) -> bytes:
    """A PDF with these words, a page each, laid out by typst: ligatures, an outline for readers, metadata."""
    source = "#set document(title: [A statement])\n" + "\n#pagebreak()\n".join(pages)
    return bytes(typst.compile(source.encode()))


def drawn(*pages: str, rotate: int = 0, box: tuple[int, int, int, int] = (0, 0, 400, 400)) -> pikepdf.Pdf:
    """A PDF by hand: each page's own drawing instructions, with Helvetica as /F."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for instructions in pages:
        pdf.add_blank_page(page_size=(400, 400))
        leaf = pdf.pages[-1].obj
        leaf.MediaBox, leaf.Rotate = pikepdf.Array(list(box)), rotate
        leaf.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        leaf.Contents = pdf.make_stream(instructions.encode())
    return pdf


def line(words: str, x: int = 40, y: int = 300, size: int = 20, mode: int = 0) -> str:
    """Instructions for one line. `mode` 3 draws nothing: words that are there and not seen."""
    return f"BT /F {size} Tf {mode} Tr {x} {y} Td ({words}) Tj ET\n"


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def with_note(pdf: pikepdf.Pdf, words: str, *, seen: bool) -> pikepdf.Pdf:
    """A note on the first page: drawn on it (`seen`), or a bubble whose words are only in its dictionary."""
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText if seen else pikepdf.Name.Text,
        Rect=[40, 100, 360, 140],
        Contents=pikepdf.String(words),
        F=4,
    )
    if seen:
        drawing = pdf.make_stream(f"BT /F 20 Tf 5 10 Td ({words}) Tj ET".encode())
        drawing.Type, drawing.Subtype, drawing.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 320, 40]
        drawing.Resources = pdf.pages[0].obj.Resources
        note.AP = pikepdf.Dictionary(N=drawing)
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
    return pdf


def with_field(pdf: pikepdf.Pdf, words: str) -> pikepdf.Pdf:
    """A form with one text field that holds these words."""
    drawing = pdf.make_stream(f"/Tx BMC BT /F 20 Tf 5 10 Td ({words}) Tj ET EMC".encode())
    drawing.Type, drawing.Subtype, drawing.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 320, 40]
    drawing.Resources = pdf.pages[0].obj.Resources
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("name"),
            V=pikepdf.String(words),
            DA=pikepdf.String("/F 20 Tf 0 g"),
            Rect=[40, 100, 360, 140],
            AP=pikepdf.Dictionary(N=drawing),
            F=4,
        )
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([field])
    fonts = pikepdf.Dictionary(Font=pdf.pages[0].obj.Resources.Font)
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=[field], DR=fonts))
    return pdf


def with_attachment(pdf: pikepdf.Pdf, name: str, content: bytes) -> pikepdf.Pdf:
    pdf.attachments[name] = content
    return pdf


def with_metadata(pdf: pikepdf.Pdf, words: str) -> pikepdf.Pdf:
    with pdf.open_metadata() as held:
        held["dc:title"] = words
    pdf.docinfo["/Author"] = words
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(words, 0))
    return pdf


def with_layer(pdf: pikepdf.Pdf, words: str) -> pikepdf.Pdf:
    """Words on a layer that is switched off."""
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("hidden")))
    shown = pikepdf.Dictionary(OFF=pikepdf.Array([layer]), Order=pikepdf.Array([layer]))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=shown)
    leaf = pdf.pages[0].obj
    leaf.Resources.Properties = pikepdf.Dictionary(L=layer)
    before = leaf.Contents.read_bytes()
    leaf.Contents = pdf.make_stream(before + b"/OC /L BDC\n" + line(words, y=200).encode() + b"EMC\n")
    return pdf


def everything_in(content: bytes) -> str:
    """Every byte of every stream and every string of a PDF, plain, as text."""
    parts = [content.decode("latin-1")]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for one in pdf.objects:
            parts.append(repr(one))
            if isinstance(one, pikepdf.Stream):
                if one.get("/Subtype") != "/Image":
                    parts.append(one.read_bytes().decode("latin-1"))
                else:
                    parts.append(one.read_raw_bytes().decode("latin-1"))
    return "\n".join(parts)
