"""Reads the structure tree of a PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf

from kanalstrategi.pdf.audit.model import Element, Mark
from kanalstrategi.pdf.audit.objects import DIRECT, ObjGen, as_integer, as_list, get_entry, name_of, object_id
from kanalstrategi.pdf.audit.roles import standard_role

MAX_ELEMENTS = 2_000_000
"""Elements beyond this number are ignored."""

MAX_NUMBER_TREE_NODES = 100_000
"""The maximum number of nodes to read in a number tree."""

UNKNOWN_MCID = -1
"""The id for marked content that a broken file refers to without a number."""


@dataclass(frozen=True)
class StructureTree:
    """The structure tree of a PDF."""

    elements: tuple[Element, ...]
    """The elements in reading order."""
    marks_by_element: dict[int, list[Mark]]
    """The marked content directly in each element, keyed by the element's index."""
    elements_by_annotation: dict[ObjGen, list[int]]
    """The indices of the elements that refer to each annotation."""


class _Node(NamedTuple):
    """An element whose descendants have not all been read yet."""

    parent: int
    """The index of its parent, or -1 at the top of the tree."""
    page: ObjGen
    """The page with its content, from the element itself or from its parent."""
    raw: pikepdf.Dictionary
    """Its dictionary."""


def read_structure(root: Any, role_map: Mapping[str, str], page_numbers: Mapping[ObjGen, int]) -> StructureTree:
    """Return the structure tree below a /StructTreeRoot. `page_numbers` maps page objects to page numbers."""
    nodes: list[_Node] = []
    marks_by_element: dict[int, list[Mark]] = defaultdict(list)
    elements_by_annotation: dict[ObjGen, list[int]] = defaultdict(list)
    visited: set[ObjGen] = set()
    queue: list[tuple[Any, int]] = [(kid, -1) for kid in reversed(as_list(get_entry(root, "/K")))]
    while queue:
        kid, parent = queue.pop()
        page = nodes[parent].page if parent >= 0 else DIRECT
        if parent < 0 and get_entry(kid, "/S") is None:
            continue  # only elements are allowed at the top
        if as_integer(kid) is not None:
            marks_by_element[parent].append(Mark(page, kid))
        elif not isinstance(kid, pikepdf.Dictionary):
            continue
        elif "/S" in kid:
            if object_id(kid) in visited or len(nodes) > MAX_ELEMENTS:  # occurs in two places, or in a circle
                continue
            if object_id(kid) != DIRECT:
                visited.add(object_id(kid))
            nodes.append(_Node(parent, _page_of(kid, page), kid))
            queue += [(below, len(nodes) - 1) for below in reversed(as_list(kid.get("/K")))]
        elif "/MCID" in kid:
            stream = kid.get("/Stm")
            mcid = as_integer(kid.get("/MCID"))
            owner = _page_of(kid, page) if stream is None else object_id(stream)
            marks_by_element[parent].append(Mark(owner, UNKNOWN_MCID if mcid is None else mcid))
        elif "/Obj" in kid:
            elements_by_annotation[object_id(kid.get("/Obj"))].append(parent)
    return StructureTree(_as_elements(nodes, role_map, page_numbers), marks_by_element, elements_by_annotation)


def _page_of(thing: pikepdf.Dictionary, inherited: ObjGen) -> ObjGen:
    return object_id(thing.get("/Pg")) if "/Pg" in thing else inherited


def _as_elements(nodes: list[_Node], role_map: Mapping[str, str], page_numbers: Mapping[ObjGen, int]) -> tuple[Element, ...]:
    ends = list(range(1, len(nodes) + 1))
    pages: list[int | None] = [page_numbers.get(node.page) for node in nodes]
    for index in range(len(nodes) - 1, -1, -1):
        parent = nodes[index].parent
        if parent >= 0:
            ends[parent] = max(ends[parent], ends[index])
            if nodes[parent].page == DIRECT:  # an element without a page begins where its content begins
                pages[parent] = pages[index] or pages[parent]
    elements = []
    for index, node in enumerate(nodes):
        tag = name_of(node.raw.get("/S"))
        role = standard_role(tag, role_map)
        elements.append(Element(index, ends[index], node.parent, object_id(node.raw), tag, role, pages[index], node.raw))
    return tuple(elements)


def read_number_tree(root: Any) -> dict[int, Any]:
    """Return the entries of a number tree such as the parent tree (ISO 32000-1, 7.9.7)."""
    entries: dict[int, Any] = {}
    queue, visited = [root], set()
    while queue:
        node = queue.pop()
        if object_id(node) != DIRECT:
            if object_id(node) in visited:
                continue
            visited.add(object_id(node))
        values = as_list(get_entry(node, "/Nums"))
        for key, value in zip(values[::2], values[1::2], strict=False):
            if as_integer(key) is not None:
                entries[key] = value
        queue += as_list(get_entry(node, "/Kids")) if len(visited) < MAX_NUMBER_TREE_NODES else []
    return entries
