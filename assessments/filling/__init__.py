"""Many rows at once, from a workbook or a paste: what cells mean, and how a workbook is written and read. Pure."""
