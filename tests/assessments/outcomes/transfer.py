"""A transfer file with one pupil and the years of attendance that a test gives it."""

CTF = """<?xml version="1.0"?><CTfile><Header><DocumentName>CTF</DocumentName><CTFversion>25.0</CTFversion>
<DocumentQualifier>partial</DocumentQualifier></Header><CTFpupilData><Pupil><UPN>{upn}</UPN><Surname>Patel</Surname><Forename>Ravi</Forename>
<DOB>2014-05-04</DOB><Gender>M</Gender><Attendance>{years}</Attendance></Pupil></CTFpupilData></CTfile>"""
YEAR = "<YearData><Year>{}</Year><SessionsPossible>{}</SessionsPossible><SessionsAttended>{}</SessionsAttended></YearData>"
