"""What spreadsheets copy, and the rows that it is: one list for the page and for the script in the grid."""

TWO_LINES = '3\tKeep\t"Seen in maths\nand in PE"\n2\tKeep\tok'
CUT: dict[str, list[list[str]]] = {
    "": [[""]],
    "1\t2\r\n3": [["1", "2"], ["3"]],
    "1\r2\n": [["1"], ["2"], [""]],
    TWO_LINES: [["3", "Keep", "Seen in maths\nand in PE"], ["2", "Keep", "ok"]],
    '"He said ""yes""\nand ""no"""\n2': [['He said "yes"\nand "no"'], ["2"]],
    '"a\tb"\tc': [["a\tb", "c"]],
    '"I can do it" said Ravi\nok': [['"I can do it" said Ravi'], ["ok"]],
    'He said "yes"\n"I can" and "I will"': [['He said "yes"'], ['"I can" and "I will"']],
    'ok\n"\n2 "x"': [["ok"], ['"'], ['2 "x"']],
    '"never closed\n2\tKeep\n3': [['"never closed'], ["2", "Keep"], ["3"]],
    '""\tb': [["", "b"]],
}
UNCLEAR: dict[str, int] = {
    '3\tKeep\tok\n2\tKeep\t"\n1\tKeep\t"\n0': 2,  # twice the mark for "as above"
    'ok\n"\n"\nno': 2,
    'ok\n"\nfine\n"': 2,
    '3\t"Well done\n2\tsaid so"\n1': 1,
}
