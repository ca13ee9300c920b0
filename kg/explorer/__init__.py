"""Seeing the graph: one offline page for the browser, and a small view for notebooks."""

from kg.explorer.notebook import show
from kg.explorer.page import write_page

__all__ = ["show", "write_page"]
