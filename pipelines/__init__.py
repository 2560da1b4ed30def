"""The pure road from captured bytes to a judged document.

decode -> extract -> repair -> judge -> fingerprint -> Document; `process.py` shows it on one page. Nothing in this
package does I/O, reads a clock, draws a random number or logs: a rerun is a function of its inputs.
"""

#: The readable part of the pipeline version. Raise it when what documents say changes on purpose.
NUMBER = "0.4"
