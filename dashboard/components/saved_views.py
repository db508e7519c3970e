"""The menu of saved views: open one, forget one, keep the present one under a name."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.components.filters import distinct_labels
from dashboard.components.markup import show, text
from dashboard.selection import keep
from dashboard.theme import on_paper
from dashboard.translations import _


def saved_views(
    views: Mapping[str, Mapping[str, str]], save: Callable[[str], str], forget: Callable[[str], str]
) -> None:
    """`views` are name → choices; `save` and `forget` take a name and give a sentence when they failed."""
    if on_paper():
        return
    with st.container(key="views", width="content"), st.popover(_("Views"), icon=":material/bookmark:"):
        message = _open_or_forget(views, forget) if views else _nothing_yet()
        with st.form("save_view", border=False, enter_to_submit=False, clear_on_submit=True):
            name = st.text_input(
                _("Name of the present view"), max_chars=40, placeholder=_("Name of the present view")
            )
            if st.form_submit_button(_("Keep this view"), width="stretch"):
                message = save(name)
                if not message:
                    st.rerun()
        if message:
            show(f'<p class="bad">{text(message)}</p>')


def _nothing_yet() -> str:
    show(f'<p class="sub">{text(_("No view has been kept yet"))}</p>')
    return ""


def _open_or_forget(views: Mapping[str, Mapping[str, str]], forget: Callable[[str], str]) -> str:
    labels = distinct_labels({name: name for name in views})
    name = st.selectbox(
        _("Kept views"),
        list(views),
        format_func=lambda one: labels.get(one, one),
        filter_mode=None,
        placeholder=_("Kept views"),
    )
    if st.button(_("Open this view"), key="open_view", width="stretch") and name is not None:
        for choice, code in views[name].items():
            keep(choice, code)
        st.rerun()
    if st.button(_("Forget this view"), key="forget_view", width="stretch") and name is not None:
        message = forget(name)
        if message:
            return message
        st.rerun()
    return ""
