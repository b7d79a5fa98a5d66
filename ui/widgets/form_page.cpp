// Curves of two forms and a table of the same numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/form_page.h"

#include "ui/widgets/number_text.h"

#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 12; // px between columns
constexpr int kLeastGap = 4;
constexpr int kRoomForTable = 230; // px of height

/// "128", "8k", "128k": contexts are powers of two.
QString contextText(double context)
{
    const auto count = static_cast<std::int64_t>(std::llround(context));
    return count >= 1024 && count % 1024 == 0 ? countText(count / 1024) + QLatin1Char('k') : countText(count);
}

} // namespace

FormPage::FormPage(const Theme& theme, const QString& title, std::function<QString(double)> text, QWidget* parent)
    : QWidget(parent), m_text(std::move(text)), m_chart(new LogChart(theme, this)), m_table(new QLabel(this))
{
    m_chart->setTitle(title);
    m_chart->setXName(tr("context S"));
    m_chart->setTexts(contextText, m_text);
    m_table->setTextFormat(Qt::RichText);
    m_table->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_table->setAccessibleName(title);
    m_table->setMinimumWidth(1); // the curves have what room there is
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_chart, 1);
    layout->addWidget(m_table);
}

void FormPage::setRows(std::vector<FormRow> rows)
{
    m_rows = std::move(rows);
    ChartLine absorbed{.name = tr("absorbed"), .color = &ThemeColors::mla, .points = {}, .dots = true};
    ChartLine expanded{
        .name = tr("expanded"), .color = &ThemeColors::muted, .points = {}, .style = Qt::DashLine, .dots = true};
    for (const FormRow& row : m_rows) {
        absorbed.points.emplace_back(static_cast<double>(row.context), row.absorbed);
        expanded.points.emplace_back(static_cast<double>(row.context), row.expanded);
    }
    m_chart->setLines({std::move(expanded), std::move(absorbed)});
    arrange();
}

void FormPage::setEmptyText(const QString& text)
{
    m_chart->setEmptyText(text);
}

void FormPage::setExplanation(const QString& text)
{
    m_chart->setToolTip(text);
    m_table->setToolTip(text);
}

QString FormPage::table(int gap) const
{
    const QString cell =
        QStringLiteral("<td align='right' style='padding-left:%1px'>").arg(gap) + QStringLiteral("%1</td>");
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='1'><tr>") + cell.arg(tr("S")) +
                   cell.arg(tr("absorbed")) + cell.arg(tr("expanded")) + cell.arg(tr("ratio")) +
                   QStringLiteral("</tr>");
    for (const FormRow& row : m_rows)
        html += QStringLiteral("<tr>") + cell.arg(contextText(static_cast<double>(row.context))) +
                cell.arg(m_text(row.absorbed)) + cell.arg(m_text(row.expanded)) +
                cell.arg(std::isfinite(row.expanded / row.absorbed)
                             ? fixedText(row.expanded / row.absorbed, 1) + QChar(0xd7)
                             : noNumber()) +
                QStringLiteral("</tr>");
    return html + QStringLiteral("</table>");
}

void FormPage::arrange()
{
    m_table->setVisible(!m_rows.empty() && height() >= kRoomForTable);
    m_table->setText(table(kGap));
    if (m_table->sizeHint().width() > width()) m_table->setText(table(kLeastGap));
}

void FormPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace triptych
