"""Papers: is a report faithful to the letter it quotes, and does it agree with itself and with others?

`reading` reads a paper, `quotations` compares what it quotes with a letter, `facts` and `conflicts` find one
subject with two values, `lint` says what a reader would stumble over, `opposite` sets claims beside findings.
"""
