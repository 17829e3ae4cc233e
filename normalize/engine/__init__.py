"""Candidates by one scan, verification, edits: nothing else here is hot."""
