"""The bank of questions: how it is changed, what two versions say, when a question is judged."""
