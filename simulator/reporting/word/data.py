"""What a machine reads in a Word report: a part of its own inside the file, which Word and LibreOffice keep when they save the document."""

from __future__ import annotations

import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMESPACE: Final = "urn:tieuchi:report"
MOST_BYTES: Final = 64 * 2**20
"""What is read of one part: no report comes near, and a file made to fill the memory goes no further."""
_ROOT: Final = f"{{{NAMESPACE}}}report"
_STORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ID: Final = "{3C6E2B10-7A54-4F0B-9C1D-5E8A2F4B6D70}"
"""Word asks each part for an id; the same in every report, for the part is the same kind."""


def add_data(document: Any, data: Mapping[str, Any]) -> None:
    """Put the data of a report into a document."""
    root = etree.Element(_ROOT, nsmap={None: NAMESPACE})
    root.text = json.dumps(data, allow_nan=False)  # ASCII: no letter in it can trouble XML
    part = _part(document, "/customXml/item%d.xml", "application/xml", root)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    item = etree.Element(f"{{{_STORE}}}datastoreItem", {f"{{{_STORE}}}itemID": _ID}, nsmap={"ds": _STORE})
    etree.SubElement(etree.SubElement(item, f"{{{_STORE}}}schemaRefs"), f"{{{_STORE}}}schemaRef", {f"{{{_STORE}}}uri": NAMESPACE})
    properties = _part(document, "/customXml/itemProps%d.xml", _PROPERTIES_TYPE, item)
    part.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _part(document: Any, template: str, content_type: str, root: Any) -> Part:
    package = document.part.package
    name = PackURI(str(package.next_partname(template)))
    return Part(name, content_type, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), package)


def read_data(path: Path) -> dict[str, Any]:
    """Return what ``add_data`` put into a document.

    Raises
    ------
    ValueError
        When the file is no Word document, or no report in it can be read.

    """
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                if part.filename.startswith("customXml/") and part.filename.endswith(".xml") and (found := _data_in(archive, part)) is not None:
                    return found
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, etree.XMLSyntaxError, json.JSONDecodeError) as problem:
        message = "this is not a Word document that can be read"
        raise ValueError(message) from problem
    message = "the Word document holds no data of a report"
    raise ValueError(message)


def _data_in(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> dict[str, Any] | None:
    with archive.open(part) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES or f"{NAMESPACE}".encode() not in content:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    root = etree.fromstring(content, parser)
    if root.tag != _ROOT:
        return None
    found = json.loads(root.text or "")
    if not isinstance(found, dict):
        message = "the data of the report are not what a report holds"
        raise ValueError(message)  # noqa: TRY004  # whoever reads a file asks for one kind of error
    return found
