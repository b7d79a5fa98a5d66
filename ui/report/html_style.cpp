// The style sheet of the report.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/html_style.h"

#include "ui/theme/theme.h"

#include <array>

namespace triptych {

namespace {

constexpr auto kRules = R"css(
html { font-size: 16px; }
body { margin: 0 auto; padding: 3rem 1.5rem 4rem; max-width: 46rem; background: var(--ground); color: var(--text);
  font: 1rem/1.55 "Inter", "Source Sans 3", "Noto Sans", system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere; }
header { border-bottom: 2px solid var(--text); padding-bottom: 1rem; margin-bottom: 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 3rem 0 0.6rem; }
h3 { font-size: 1rem; margin: 1.8rem 0 0.4rem; }
p { margin: 0 0 0.9rem; }
.subtitle { color: var(--muted); margin: 0.35rem 0 0; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
nav ol { columns: 2; column-gap: 2rem; margin: 0; padding-left: 1.4rem; font-size: 0.9rem; }
nav a { color: var(--muted); text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
.facts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1px; margin: 1.2rem 0 1.6rem;
  border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.facts div { box-shadow: 0 0 0 1px var(--line); padding: 0.8rem 0.9rem; }
.facts dt { color: var(--muted); font-size: 0.8rem; }
.facts dd { margin: 0; }
.facts .value { font-size: 1.25rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.small { color: var(--muted); font-size: 0.8rem; line-height: 1.45; }
figure { margin: 1.6rem 0; }
figure .title, caption { text-align: left; font-size: 0.9rem; margin-bottom: 0.4rem; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { color: var(--muted); font-size: 0.85rem; line-height: 1.45; margin-top: 0.4rem; }
.table { overflow-x: auto; margin: 1.4rem 0; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; line-height: 1.4; }
caption { caption-side: top; }
th, td { text-align: left; vertical-align: top; padding: 0.32rem 0.9rem 0.32rem 0; font-weight: 400;
  border-bottom: 1px solid var(--line); min-width: 3rem; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-size: 0.8rem; border-bottom: 1px solid var(--muted); vertical-align: bottom; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .number { white-space: normal; }
.group th { font-weight: 600; padding-top: 0.9rem; }
.total th, .total td { font-weight: 600; border-top: 1px solid var(--text); }
.table .small { margin: 0.5rem 0 0; }
.missing { color: var(--muted); border-left: 3px solid var(--line); padding-left: 0.8rem; }
.caution { border-left: 3px solid var(--warning); padding-left: 0.8rem; }
pre { background: var(--field); border: 1px solid var(--line); border-radius: 6px; padding: 0.8rem 1rem;
  font: 0.8125rem/1.5 "JetBrains Mono", "Source Code Pro", ui-monospace, Menlo, Consolas, monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; }
footer { border-top: 1px solid var(--line); color: var(--muted); font-size: 0.8rem; margin-top: 3rem;
  padding-top: 0.8rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.drawing { overflow-x: auto; }
@media screen and (max-width: 40rem) { .drawing svg { min-width: 36rem; } }
@media (max-width: 40rem) { .facts { grid-template-columns: repeat(2, 1fr); } nav ol { columns: 1; } }
@media print {
  @page { size: A4; margin: 20mm 20mm 22mm; }
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  nav { break-after: auto; }
  h2, h3, figure .title, caption { break-after: avoid; }
  figure, tr, .facts, pre { break-inside: avoid; }
  thead { display: table-header-group; break-after: avoid; }
  tbody tr:nth-child(-n+2), tbody tr:last-child, .group + tr { break-before: avoid; }
  .table { overflow: visible; }
  p { orphans: 3; widows: 3; }
}
)css";

struct Role {
    const char* name;
    QColor ThemeColors::*color;
};
constexpr std::array kRoles = {Role{"ground", &ThemeColors::card},    Role{"field", &ThemeColors::field},
                               Role{"line", &ThemeColors::border},    Role{"text", &ThemeColors::text},
                               Role{"muted", &ThemeColors::muted},    Role{"link", &ThemeColors::mla},
                               Role{"warning", &ThemeColors::warning}};

/// What figures are drawn in.
constexpr std::array kInks = {
    &ThemeColors::card,     &ThemeColors::border,   &ThemeColors::grid,    &ThemeColors::text, &ThemeColors::muted,
    &ThemeColors::moe,      &ThemeColors::mla,      &ThemeColors::mtp,     &ThemeColors::loss, &ThemeColors::validation,
    &ThemeColors::headline, &ThemeColors::fullCost, &ThemeColors::warning, &ThemeColors::bad};

QString variables(const ThemeColors& colors)
{
    QString css = QStringLiteral(":root {");
    for (const Role& role : kRoles)
        css += QStringLiteral(" --%1: %2;").arg(QLatin1String(role.name), (colors.*role.color).name());
    return css + QStringLiteral(" }\n");
}

/// A rule of the sheet goes before what an element says of itself.
QString replacements()
{
    const ThemeColors light = lightColors();
    const ThemeColors dark = darkColors();
    QString css;
    for (QColor ThemeColors::*ink : kInks)
        for (const char* what : {"fill", "stroke"})
            css += QStringLiteral("figure svg [%1=\"%2\"] { %1: %3; }\n")
                       .arg(QLatin1String(what), (light.*ink).name(), (dark.*ink).name());
    return css;
}

} // namespace

QString reportStyle()
{
    return variables(lightColors()) + QString::fromLatin1(kRules) +
           QStringLiteral("@media screen and (prefers-color-scheme: dark) {\n") + variables(darkColors()) +
           replacements() + QStringLiteral("}\n");
}

} // namespace triptych
