"""What is told about the edits: lists, data, patches, counts, pages."""
