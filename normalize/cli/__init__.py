"""The command line: parsing, files, tables; all results come from the library."""
