"""Exhibits and who held them, files under seal, where things are stored, what laboratories and digital units have.

In: matters and people by their references, content of files. Out: rows, and content opened for somebody who may see the
matter. Must never know: what a disposal or a legal hold is (it is told), nor how a page shows a file.
"""
