"""Files and folders: finding, reading, cutting into parts, writing, text in formats."""
