"""What a widget shows, set only where it shows something else.

A value that is set has the browser draw the widget anew, all its options with it, and once more to take the value over:
30 ms at every choice for a box of a hundred communities.
"""

import streamlit as st


def shows(key: str, value: object) -> bool:
    """Whether the widget of this key shows a value or will begin with it; where it shows another one it is set to this.

    A widget that was set must be given no value to begin with: Streamlit warns the reader of both.
    """
    if st.session_state.get(key, value) == value:
        return True
    st.session_state[key] = value
    return False
