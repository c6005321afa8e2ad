#include "ui/registry/desk_side.h"

#include "ui/registry/desk_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sextant {

namespace {

enum Head { EvidenceHead, ReviewersHead, HistoryHead };

constexpr int kPerson = 44;
constexpr int kAvatar = 26;

QString initials(const QString& name)
{
    QString letters;
    bool begins = true;
    for (const QChar character : name) {
        if (character.isLetter() && begins && letters.size() < 2)
            letters += character.toUpper();
        begins = !character.isLetterOrNumber();
    }
    return letters.isEmpty() ? QStringLiteral("?") : letters;
}

class SideDelegate final : public QStyledItemDelegate
{
public:
    SideDelegate(const DeskSideModel& model, const DeskSide& view)
        : QStyledItemDelegate(nullptr), m_model(model), m_view(view)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        switch (m_model.kind(index.row())) {
        case DeskSideModel::Kind::Head:
            return {100, index.row() == 0 ? 30 : 36};
        case DeskSideModel::Kind::Evidence:
            return {100, theme.length("row.list")};
        default:
            return {100, kPerson};
        }
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        auto row = index.row();
        painter->save();
        auto selected = option.state.testFlag(QStyle::State_Selected);
        if (selected)
            painter->fillRect(option.rect, theme.color(option.state.testFlag(QStyle::State_Active)
                                                           ? "selection.bg"
                                                           : "selection.inactive"));
        auto area = option.rect.adjusted(12, 0, -12, 0);
        const auto& made = *m_model.made();
        switch (m_model.kind(row)) {
        case DeskSideModel::Kind::Head:
            paintHead(painter, theme, option.rect, row);
            break;
        case DeskSideModel::Kind::Evidence:
            paintEvidence(painter, theme, area, made.evidence[m_model.place(row)]);
            break;
        case DeskSideModel::Kind::Reviewer:
            paintReviewer(painter, theme, area, made.reviewers[m_model.place(row)]);
            break;
        case DeskSideModel::Kind::Act:
            paintAct(painter, theme, area, made.item.promotion.history[m_model.place(row)]);
            break;
        }
        if (option.state.testFlag(QStyle::State_HasFocus) && m_view.hasFocus()) {
            painter->setPen(QPen(theme.color("focus.ring"), 2));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
        }
        painter->restore();
    }

private:
    static void write(QPainter* painter, const QRect& area, const QString& text,
                      Qt::Alignment alignment = Qt::AlignLeft, Qt::TextElideMode mode = Qt::ElideRight)
    {
        painter->drawText(area, alignment | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, mode, area.width()));
    }

    void paintHead(QPainter* painter, const Theme& theme, const QRect& rect, int row) const
    {
        auto area = rect.adjusted(12, row == 0 ? 2 : 8, -12, 0);
        if (row > 0)
            painter->fillRect(rect.left(), rect.top() + 4, rect.width(), 1, theme.color("border.hairline"));
        auto [title, detail] = m_model.head(row);
        painter->setFont(theme.font(Theme::Text::SmallStrong));
        painter->setPen(theme.color("text.muted"));
        write(painter, area, title);
        area.setLeft(area.left() + painter->fontMetrics().horizontalAdvance(title) + 8);
        painter->setFont(theme.font(Theme::Text::Small));
        write(painter, area, detail);
    }

    static void paintEvidence(QPainter* painter, const Theme& theme, QRect area, const DeskEvidence& evidence)
    {
        theme.drawIcon(painter, QRect(area.left(), area.top(), 16, area.height()),
                       evidenceIcon(evidence.kind), 16, theme.color("text.muted"));
        auto badge = evidenceBadge(evidence.state);
        auto mark = QRect(area.right() - 82, area.top(), 82, area.height());
        paintBadge(theme, painter, mark, badge);
        area.setRight(mark.left() - 6);
        area.setLeft(area.left() + 24);
        painter->setPen(theme.color("text.muted"));
        if (evidence.digest != Digest{}) {
            painter->setFont(theme.font(Theme::Text::Small));
            auto date = formatTime(evidence.time).section(u' ', 0, 1);
            write(painter, area, date, Qt::AlignRight);
            area.setRight(area.right() - 52);
            painter->setFont(theme.font(Theme::Text::Mono));
            write(painter, area, QString::fromStdString(toHex(evidence.digest)).left(6), Qt::AlignRight);
            area.setRight(area.right() - 54);
        }
        painter->setFont(theme.font(Theme::Text::Body));
        painter->setPen(theme.color("text"));
        write(painter, area, oneName(evidence.name, 120), Qt::AlignLeft, Qt::ElideMiddle);
    }

    static void paintReviewer(QPainter* painter, const Theme& theme, QRect area, const DeskReviewer& reviewer)
    {
        auto person = oneName(reviewer.person, 60);
        painter->setRenderHint(QPainter::Antialiasing);
        auto ring = QRectF(area.left(), area.top() + (kPerson - kAvatar) / 2.0, kAvatar, kAvatar);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color("bg.4"));
        painter->drawEllipse(ring);
        painter->setPen(theme.color("text"));
        painter->setFont(theme.font(Theme::Text::CaptionStrong));
        painter->drawText(ring, Qt::AlignCenter, initials(person));
        auto state = reviewerState(reviewer.standing);
        painter->setFont(theme.font(Theme::Text::SmallStrong));
        painter->setPen(theme.color(state.color));
        write(painter, area, state.text, Qt::AlignRight);
        auto width = painter->fontMetrics().horizontalAdvance(state.text) + 20;
        theme.drawIcon(painter, QRect(area.right() - width, area.top(), 16, area.height()),
                       reviewerIcon(reviewer.standing), 14, theme.color(state.color));
        area.setRight(area.right() - width - 8);
        area.setLeft(area.left() + kAvatar + 9);
        auto first = QRect(area.left(), area.top() + 4, area.width(), 18);
        painter->setFont(theme.font(Theme::Text::BodyStrong));
        painter->setPen(theme.color("text"));
        write(painter, first, person);
        first.setLeft(first.left() + painter->fontMetrics().horizontalAdvance(person) + 6);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color("text.muted"));
        if (first.width() > 20)
            write(painter, first, oneLine(reviewer.role, 80));
        write(painter, QRect(area.left(), area.top() + 22, area.width(), 18), detailOf(reviewer));
    }

    static QString detailOf(const DeskReviewer& reviewer)
    {
        auto key = DeskSide::tr("key %1").arg(oneName(reviewer.keyId, 40));
        if (reviewer.entry)
            return DeskSide::tr("entry %1, %2, %3")
                .arg(QString::number(*reviewer.entry), formatTime(reviewer.time).left(17), key);
        return reviewer.detail.empty() ? key : oneLine(reviewer.detail, 160);
    }

    void paintAct(QPainter* painter, const Theme& theme, QRect area, const registry::LoggedAct& logged) const
    {
        auto text = actText(logged, m_model.made()->item.promotion.model);
        theme.drawIcon(painter, QRect(area.left() + 5, area.top() + 4, 16, 18), text.icon, 16,
                       theme.color(text.color));
        area.setLeft(area.left() + kAvatar + 9);
        auto first = QRect(area.left(), area.top() + 4, area.width(), 18);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color("text.muted"));
        auto time = formatTime(logged.act.time).left(17);
        write(painter, first, time, Qt::AlignRight);
        first.setRight(first.right() - painter->fontMetrics().horizontalAdvance(time) - 8);
        painter->setFont(theme.font(Theme::Text::BodyStrong));
        painter->setPen(theme.color(logged.counts ? "text" : "warning.fg"));
        auto title = logged.counts ? text.title : DeskSide::tr("%1, without effect").arg(text.title);
        write(painter, first, title);
        first.setLeft(first.left() + painter->fontMetrics().horizontalAdvance(title) + 6);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color("text.muted"));
        if (first.width() > 20)
            write(painter, first,
                  DeskSide::tr("by %1, entry %2").arg(oneName(logged.person, 40)).arg(logged.act.index));
        write(painter, QRect(area.left(), area.top() + 22, area.width(), 18),
              logged.counts || logged.remark.empty() ? text.detail : oneLine(logged.remark, 300));
    }

    const DeskSideModel& m_model;
    const DeskSide& m_view;
};

} // namespace

void DeskSideModel::setCase(DeskCasePtr made)
{
    beginResetModel();
    m_case = std::move(made);
    m_rows.clear();
    if (m_case) {
        auto add = [&](Kind kind, std::size_t head, std::size_t count) {
            m_rows.push_back({Kind::Head, head});
            for (std::size_t i = 0; i < count; ++i)
                m_rows.push_back({kind, i});
        };
        add(Kind::Evidence, EvidenceHead, m_case->evidence.size());
        add(Kind::Reviewer, ReviewersHead, m_case->reviewers.size());
        add(Kind::Act, HistoryHead, m_case->item.promotion.history.size());
    }
    endResetModel();
}

std::pair<QString, QString> DeskSideModel::head(int row) const
{
    switch (place(row)) {
    case EvidenceHead:
        return {tr("Evidence"), tr("digests bound to this request")};
    case ReviewersHead:
        return {tr("Reviewers"),
                tr("%1; not who asked, not who made it")
                    .arg(counted(m_case->rules.approvals, tr("1 approver"), tr("%1 approvers")))};
    default:
        return {tr("History"),
                counted(m_case->item.promotion.history.size(), tr("1 entry"), tr("%1 entries"))};
    }
}

int DeskSideModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant DeskSideModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() ||
        (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole))
        return {};
    QStringList parts;
    switch (kind(index.row())) {
    case Kind::Head:
        parts << head(index.row()).first << head(index.row()).second;
        break;
    case Kind::Evidence: {
        const auto& evidence = m_case->evidence[place(index.row())];
        parts << oneName(evidence.name, 200) << evidenceBadge(evidence.state).text;
        if (evidence.digest != Digest{})
            parts << QStringLiteral("sha256 ") + QString::fromStdString(toHex(evidence.digest));
        parts << oneLine(evidence.remark, 300);
        break;
    }
    case Kind::Reviewer: {
        const auto& reviewer = m_case->reviewers[place(index.row())];
        parts << oneName(reviewer.person, 80) << oneLine(reviewer.role, 80)
              << reviewerState(reviewer.standing).text << oneLine(reviewer.detail, 200)
              << oneName(reviewer.keyId, 80);
        break;
    }
    case Kind::Act: {
        const auto& logged = m_case->item.promotion.history[place(index.row())];
        auto text = actText(logged, m_case->item.promotion.model);
        parts << text.title << text.detail << oneName(logged.person, 80) << formatTime(logged.act.time)
              << tr("entry %1").arg(logged.act.index) << oneLine(logged.remark, 300);
        break;
    }
    }
    parts.removeAll(QString());
    return role == Qt::ToolTipRole ? plainToolTip(parts.join(u'\n')) : parts.join(QStringLiteral(", "));
}

DeskSide::DeskSide(QWidget* parent) : QListView(parent)
{
    setModel(&m_model);
    auto* delegate = new SideDelegate(m_model, *this);
    delegate->setParent(this);
    setItemDelegate(delegate);
    setAccessibleName(tr("Evidence, reviewers and history"));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void DeskSide::setCase(const DeskCasePtr& made)
{
    auto id = made ? made->item.promotion.id() : std::string();
    // The same rows read again have been seen; other evidence has not.
    auto same = made && m_model.made() && id == m_seenOf &&
                made->evidence.size() == m_model.made()->evidence.size() &&
                std::equal(made->evidence.begin(), made->evidence.end(), m_model.made()->evidence.begin(),
                           [](const DeskEvidence& one, const DeskEvidence& other) {
                               return one.digest == other.digest && one.state == other.state &&
                                      one.name == other.name;
                           });
    if (!same)
        m_seen.clear();
    m_seenOf = id;
    m_model.setCase(made);
    emit seenChanged();
}

int DeskSide::unseen() const
{
    return m_model.made() ? int(m_model.made()->evidence.size() - m_seen.size()) : 0;
}

void DeskSide::paintEvent(QPaintEvent* event)
{
    QPainter(viewport()).fillRect(viewport()->rect(), Theme::of(this).color("bg.2"));
    QListView::paintEvent(event);
    // Seen is what was drawn from top to bottom, here, while the window shows.
    auto before = m_seen.size();
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.kind(row) != DeskSideModel::Kind::Evidence)
            continue;
        auto rect = visualRect(m_model.index(row));
        if (!rect.isEmpty() && viewport()->rect().contains(QRect(rect.left(), rect.top(), 1, rect.height())))
            m_seen.insert(m_model.place(row));
    }
    if (before != m_seen.size())
        QMetaObject::invokeMethod(this, &DeskSide::seenChanged, Qt::QueuedConnection);
}

void DeskSide::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(currentIndex().data().toString());
    else
        QListView::keyPressEvent(event);
}

} // namespace sextant
