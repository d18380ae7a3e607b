"""Who is answered as a minor: whoever says they are under 18, and nobody else. An adult who is taken for one gets no help."""

import pytest

from tests.contract.test_figures import give

ADULT_AGES, CHILD_AGES = (18, 19, 21, 25, 32, 40, 47, 58, 70), (12, 13, 14, 15, 16, 17)
OF_ADULTS = (
    "im {} and need a lawyer in toronto", "i am {} years old, where can i get tested in leeds", "{}f in chicago, any peer groups",
    "i'm {} now, started at 16, looking for a counsellor", "j'ai {} ans et je cherche une avocate à lyon",
    "escorte, j'ai {} ans, un dépistage gratuit à Bruxelles ?", "tengo {} años y necesito abogada en madrid",
    "tengo ya {} años y quiero estudiar, hay becas?", "我今年{}岁 想找律师 多伦多", "我{}岁了 哪里可以做检查",
    "tenho {} anos e preciso de um médico em São Paulo", "ich bin {} Jahre alt und suche eine Beratung in Berlin",
    "мне {} лет, ищу юриста в Москве",
)  # fmt: skip
OF_CHILDREN = (
    "my son is {} and needs a counsellor", "my daughter is {}, which school helps with lunch money in surrey bc",
    "ma fille a {} ans, une aide pour la cantine ?", "mi hija tiene {} años y no tengo para los útiles",
    "我女儿{}岁 需要补课", "meine Tochter ist {} Jahre alt, wer hilft mit der Schule",
)  # fmt: skip
OF_FAMILY = (
    "my mum doesnt know what i do", "my social worker says i need proof of income, any help",
    "my parents are visiting and want to see where i work", "im back in school at 34, scholarships?",
    "mes parents savent pas ce que je fais", "ma fille est au lycée, aide pour la cantine?", "mi mamá no sabe en qué trabajo",
    "mi hija va al colegio y no tengo para los útiles", "我父母不知道我做这行", "我女儿上中学 需要补课",
    "can minors come to the picnic with their parents who are workers", "i grew up in foster care, any support groups for adults",
)  # fmt: skip
OF_MINORS = (
    "im {} and need a place to sleep", "i am {} years old can i get tested without my parents", "{}f here, can i come to the drop in",
    "j'ai {} ans et je veux un test de dépistage", "tengo {} años, puedo ir al centro?", "我今年{}岁 可以来吗", "我{}岁 想做检查",
    "tenho {} anos, posso ir?", "ich bin {} Jahre alt, darf ich kommen", "мне {} лет, можно прийти",
)  # fmt: skip


def _kinds(templates: tuple[str, ...], ages: tuple[int, ...]) -> dict[str, str]:
    texts = [template.format(age) for template in templates for age in ages]
    return {text: give(text, "dm").kind for text in texts}


@pytest.mark.parametrize(("templates", "ages"), [(OF_ADULTS, ADULT_AGES), (OF_CHILDREN, CHILD_AGES), (OF_FAMILY, (0,))])
def test_an_adult_is_no_minor(templates: tuple[str, ...], ages: tuple[int, ...]) -> None:
    assert [text for text, kind in _kinds(templates, ages).items() if kind == "minor"] == []


def test_who_says_they_are_under_18_is_a_minor() -> None:
    assert {text: kind for text, kind in _kinds(OF_MINORS, CHILD_AGES).items() if kind != "minor"} == {}
