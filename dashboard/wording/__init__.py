"""From answers to words: titles that state a finding, captions, and the records that components draw.

Every sentence is a template with the figures put in; each has a neutral form for when nothing changed, and none
claims a change of a survey rate unless the interval of the difference excludes zero.
"""
