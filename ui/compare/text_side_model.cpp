#include "ui/compare/text_side_model.h"

#include "ui/theme/theme.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QPainter>

namespace sextant {

namespace {

constexpr std::size_t kLongestLine = 4000; // bytes drawn
constexpr int kNumberWidth = 48;
constexpr int kSignWidth = 18;
constexpr int kLineHeight = 20;

QString withTabs(std::string_view text)
{
    std::string wide;
    for (auto character : text.substr(0, kLongestLine))
        wide += character == '\t' ? std::string(4, ' ') : std::string(1, character);
    return oneLine(wide, 4 * kLongestLine);
}

} // namespace

void TextSideModel::show(TextPairPtr pair)
{
    beginResetModel();
    m_pair = std::move(pair);
    m_longest = 0;
    if (m_pair)
        for (const auto* lines : {&m_pair->difference.leftLines, &m_pair->difference.rightLines})
            for (auto text : *lines)
                m_longest =
                    std::max(m_longest,
                             static_cast<int>(std::min(text.size() + 3 * static_cast<std::size_t>(std::count(
                                                                             text.begin(), text.end(), '\t')),
                                                       kLongestLine)));
    endResetModel();
}

std::optional<std::size_t> TextSideModel::number(int row) const
{
    const auto& line = m_pair->difference.lines[static_cast<std::size_t>(row)];
    return m_right ? line.right : line.left;
}

DiffLine::Kind TextSideModel::kind(int row) const
{
    return m_pair->difference.lines[static_cast<std::size_t>(row)].kind;
}

std::string_view TextSideModel::line(int row) const
{
    auto place = number(row);
    const auto& lines = m_right ? m_pair->difference.rightLines : m_pair->difference.leftLines;
    return place ? lines[*place] : std::string_view();
}

std::vector<TextSideModel::Part> TextSideModel::parts(int row) const
{
    std::vector<Part> parts;
    auto text = line(row);
    const auto& difference = m_pair->difference.lines[static_cast<std::size_t>(row)];
    std::size_t place = 0;
    for (const auto& word : m_right ? difference.rightWords : difference.leftWords) {
        if (word.begin >= kLongestLine)
            break;
        if (word.begin > place)
            parts.push_back({withTabs(text.substr(place, word.begin - place)), false});
        parts.push_back({withTabs(text.substr(word.begin, word.length)), true});
        place = word.begin + word.length;
    }
    if (place < std::min(text.size(), kLongestLine))
        parts.push_back({withTabs(text.substr(place)), false});
    if (text.size() > kLongestLine)
        parts.push_back({QString(QChar(0x2026)), false});
    return parts;
}

int TextSideModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_pair ? 0 : static_cast<int>(m_pair->difference.lines.size());
}

QVariant TextSideModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_pair)
        return {};
    auto row = index.row();
    auto text = line(row);
    if (role == Qt::DisplayRole)
        return oneLine(text, kLongestLine);
    if (role != Qt::AccessibleTextRole)
        return {};
    auto place = number(row);
    if (!place)
        return m_right ? tr("removed in this run") : tr("not in this run");
    auto said = kind(row) == DiffLine::Kind::Same ? tr("line %1: %2") : tr("line %1, differs: %2");
    return said.arg(*place + 1).arg(oneLine(text, 400));
}

void TextSideDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    const auto* model = qobject_cast<const TextSideModel*>(index.model());
    if (!model)
        return;
    const auto& theme = Theme::of(option.widget);
    auto number = model->number(index.row());
    auto differs = model->kind(index.row()) != DiffLine::Kind::Same;
    auto selected = option.state.testFlag(QStyle::State_Selected);
    auto rect = option.rect;
    painter->save();
    painter->fillRect(rect, theme.color(selected  ? "selection.bg"
                                        : !number ? "bg.3"
                                        : differs ? "accent.subtle"
                                                  : "bg.1"));
    painter->setFont(theme.font(Theme::Text::Mono));
    auto left = rect.left();
    if (number) {
        painter->setPen(theme.color("text.muted"));
        painter->drawText(QRect(left, rect.top(), kNumberWidth - 8, rect.height()),
                          Qt::AlignRight | Qt::AlignVCenter, QString::number(*number + 1));
        if (differs) {
            painter->setPen(theme.color("text"));
            painter->drawText(QRect(left + kNumberWidth, rect.top(), kSignWidth, rect.height()),
                              Qt::AlignVCenter,
                              model->kind(index.row()) == DiffLine::Kind::Changed ? QStringLiteral("~")
                              : model->isRight()                                  ? QStringLiteral("+")
                                                                                  : QString(QChar(0x2212)));
        }
    }
    left += kNumberWidth + kSignWidth;
    QFontMetrics metrics(painter->font());
    for (const auto& part : model->parts(index.row())) {
        auto width = metrics.horizontalAdvance(part.text);
        if (part.differs) {
            auto mark = QRect(left, rect.top() + 1, width, rect.height() - 2);
            painter->fillRect(mark, theme.color(selected ? "bg.4" : "selection.bg"));
            painter->fillRect(mark.left(), mark.bottom() - 1, mark.width(), 2, theme.color("accent"));
        }
        painter->setPen(theme.color(differs ? "text" : "text.muted"));
        painter->drawText(QRect(left, rect.top(), width + 2, rect.height()),
                          Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, part.text);
        left += width;
    }
    painter->restore();
}

QSize TextSideDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = qobject_cast<const TextSideModel*>(index.model());
    QFontMetrics metrics(Theme::of(option.widget).font(Theme::Text::Mono));
    return {kNumberWidth + kSignWidth +
                metrics.horizontalAdvance(QLatin1Char('m')) * (model ? model->longest() + 2 : 1),
            kLineHeight};
}

} // namespace sextant
