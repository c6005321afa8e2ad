#include "ui/shell/palette.h"

#include "ui/theme/control_role.h"
#include "ui/theme/style_parts.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/line.h"
#include "ui/widgets/number_painter.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sextant {

namespace {

constexpr int kWidth = 680;
constexpr int kTop = 88;
constexpr int kInput = 44;
constexpr int kFooter = 32;
constexpr int kSection = 28;
constexpr int kMostRows = 13;

class PaletteDelegate final : public QStyledItemDelegate
{
public:
    explicit PaletteDelegate(const PaletteModel* model, QObject* parent)
        : QStyledItemDelegate(parent), m_model(model)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::current();
        return {100, m_model->row(index.row()).isSection ? kSection : theme.length("row.paletteItem")};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::of(option.widget);
        const PaletteRow& row = m_model->row(index.row());
        const QRect rect = option.rect;
        if (row.isSection) {
            painter->setFont(theme.font(Theme::Text::CaptionStrong));
            painter->setPen(theme.color("text.muted"));
            painter->drawText(rect.adjusted(16, 4, -16, 0), Qt::AlignVCenter | Qt::AlignLeft, row.title);
            return;
        }
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        if (selected)
            parts::box(painter, QRectF(rect).adjusted(5, 0, -5, 0), 5, theme.color("selection.bg"), {});
        const QColor text = theme.color(!row.enabled ? "text.disabled"
                                        : selected   ? "selection.text"
                                                     : "text");
        theme.drawIcon(painter, QRect(rect.x() + 16, rect.y(), 16, rect.height()), row.icon, 16,
                       theme.color(row.enabled ? "text.muted" : "text.disabled"));
        int right = rect.right() - 14;
        if (!row.keys.isEmpty()) {
            const int width = keyCapsWidth(theme, row.keys);
            paintKeyCaps(theme, painter, QRect(right - width, rect.y(), width, rect.height()), row.keys);
            right -= width + 12;
        } else if (!row.right.isEmpty()) {
            painter->setFont(theme.font(Theme::Text::Small));
            painter->setPen(theme.color("text.muted"));
            const int width = painter->fontMetrics().horizontalAdvance(row.right);
            painter->drawText(QRect(right - width, rect.y(), width + 1, rect.height()), Qt::AlignVCenter,
                              row.right);
            right -= width + 12;
        }
        const int x = paintTitle(
            theme, painter, QRect(rect.x() + 42, rect.y(), right - rect.x() - 42, rect.height()), row, text);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color(row.enabled ? "text.muted" : "text.disabled"));
        if (right > x + 20)
            painter->drawText(QRect(x + 9, rect.y(), right - x - 9, rect.height()),
                              Qt::AlignVCenter | Qt::AlignLeft,
                              painter->fontMetrics().elidedText(row.detail, Qt::ElideRight, right - x - 9));
    }

private:
    /// The title with its matched letters strong and in the accent; returns where it ends.
    static int paintTitle(const Theme& theme, QPainter* painter, const QRect& rect, const PaletteRow& row,
                          const QColor& color)
    {
        const QFont plain = theme.font(Theme::Text::Body), strong = theme.font(Theme::Text::BodyStrong);
        int x = rect.x();
        const auto piece = [&](qsizetype from, qsizetype length, bool matched) {
            if (length <= 0 || x >= rect.right())
                return;
            painter->setFont(matched ? strong : plain);
            painter->setPen(matched && row.enabled ? theme.color("accent.text") : color);
            const QFontMetrics metrics = painter->fontMetrics();
            QString text = row.title.mid(from, length);
            if (metrics.horizontalAdvance(text) > rect.right() - x)
                text = metrics.elidedText(text, Qt::ElideRight, rect.right() - x);
            painter->drawText(QRect(x, rect.y(), rect.right() - x + 2, rect.height()),
                              Qt::AlignVCenter | Qt::AlignLeft, text);
            x += metrics.horizontalAdvance(text);
        };
        qsizetype at = 0;
        for (const FuzzyMatch::Range& range : row.matched) {
            piece(at, range.start - at, false);
            piece(range.start, range.length, true);
            at = range.start + range.length;
        }
        piece(at, row.title.size() - at, false);
        return x;
    }

    const PaletteModel* m_model;
};

/// What the keys and prefixes do, at the foot of the palette.
class PaletteFooter final : public QWidget
{
public:
    explicit PaletteFooter(QWidget* parent) : QWidget(parent) { setFixedHeight(kFooter); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        painter.fillRect(QRect(0, 0, width(), 1), theme.color("border.hairline"));
        painter.setFont(theme.font(Theme::Text::Small));
        int x = 16;
        const auto keys = [&](const QStringList& names, const QString& what) {
            x += paintKeyCaps(theme, &painter, QRect(x, 0, width(), height()), names) + 6;
            painter.setPen(theme.color("text.muted"));
            painter.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter, what);
            x += painter.fontMetrics().horizontalAdvance(what) + 16;
        };
        keys({QStringLiteral("↑"), QStringLiteral("↓")}, tr("choose"));
        keys({tr("Enter")}, tr("run"));
        keys({tr("Esc")}, tr("close"));
        const std::pair<const char*, QString> prefixes[] = {
            {"?", tr("keys")}, {":", tr("columns")}, {"@", tr("runs")}, {">", tr("actions")}};
        int right = width() - 16;
        for (const auto& [prefix, what] : prefixes) {
            painter.setFont(theme.font(Theme::Text::Small));
            painter.setPen(theme.color("text.muted"));
            const int length = painter.fontMetrics().horizontalAdvance(what);
            painter.drawText(QRect(right - length, 0, length + 1, height()), Qt::AlignVCenter, what);
            painter.setFont(theme.font(Theme::Text::Mono));
            painter.setPen(theme.color("text"));
            const int mark = painter.fontMetrics().horizontalAdvance(QLatin1String(prefix));
            painter.drawText(QRect(right - length - mark - 5, 0, mark + 1, height()), Qt::AlignVCenter,
                             QLatin1String(prefix));
            right -= length + mark + 5 + 14;
        }
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget* window, ActionRegistry& actions, PaletteModel::PageSource pages)
    : Overlay(window, tr("Command palette"), QSize(kWidth, kInput + kFooter + 2), kTop),
      m_model(new PaletteModel(actions, std::move(pages), this)), m_input(new QLineEdit(this)),
      m_count(new TextLabel({}, Theme::Text::Small, "text.muted", this)), m_list(new QListView(this)),
      m_nothing(new TextLabel(tr("Nothing matches"), Theme::Text::Body, "text.muted", this))
{
    auto* head = new QWidget(this);
    head->setFixedHeight(kInput);
    auto* headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(16, 0, 16, 0);
    headLayout->setSpacing(10);
    setControlRole(m_input, ControlRole::Bare);
    m_input->setFrame(false);
    m_input->setAccessibleName(tr("Go to run, column or action"));
    m_input->setPlaceholderText(tr("Go to run, column or action"));
    QFont large = m_input->font();
    large.setPointSizeF(large.pointSizeF() * 14 / 13);
    m_input->setFont(large);
    headLayout->addWidget(new IconView(QStringLiteral("search"), 16, "text.muted", head));
    headLayout->addWidget(m_input, 1);
    headLayout->addWidget(m_count);

    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_model, this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setAccessibleName(tr("Matches"));
    m_nothing->setAlignment(Qt::AlignCenter);

    body()->addWidget(head);
    body()->addWidget(new Line(Qt::Horizontal, this));
    body()->addWidget(m_list, 1);
    body()->addWidget(m_nothing, 1);
    body()->addWidget(new PaletteFooter(this));

    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::onQueryChanged);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { activate(index.row()); });
    connect(m_list, &QListView::entered, this, [this](const QModelIndex& index) {
        if (index.isValid() && !m_model->row(index.row()).isSection)
            m_list->setCurrentIndex(index);
    });
}

void CommandPalette::openWith(const QString& query, const QStringList& recent)
{
    m_model->setRecent(recent);
    m_input->setText(query);
    onQueryChanged();
    open();
}

QString CommandPalette::query() const
{
    return m_input->text();
}

void CommandPalette::onQueryChanged()
{
    m_model->search(m_input->text());
    const int matches = m_model->matches();
    m_count->setText(m_input->text().isEmpty() ? QString()
                     : matches == 1            ? tr("1 match")
                                               : tr("%1 matches").arg(formatCount(quint64(matches))));
    int height = 8, shown = 0;
    for (int row = 0; row < m_model->rowCount() && shown < kMostRows; ++row, ++shown)
        height += m_list->sizeHintForRow(row);
    m_nothing->setVisible(m_model->rowCount() == 0);
    m_list->setVisible(m_model->rowCount() > 0);
    setPanelHeight(kInput + 1 + (m_model->rowCount() == 0 ? 72 : height) + kFooter + 2);
    select(m_model->nextEntry(0, 1));
}

void CommandPalette::select(int row)
{
    if (row < 0)
        return;
    m_list->setCurrentIndex(m_model->index(row));
    // The heading of the first section stays in sight.
    if (m_model->nextEntry(0, 1) == row)
        m_list->scrollToTop();
}

void CommandPalette::move(int step)
{
    const int current = m_list->currentIndex().row();
    int next = m_model->nextEntry(current + step, step);
    if (next < 0)
        next = step > 0 ? m_model->nextEntry(0, 1) : m_model->nextEntry(m_model->rowCount() - 1, -1);
    select(next);
}

void CommandPalette::activate(int row)
{
    if (row < 0 || row >= m_model->rowCount() || m_model->row(row).isSection || !m_model->row(row).enabled)
        return;
    auto run = m_model->row(row).activate;
    close();
    if (run)
        run();
}

bool CommandPalette::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_input && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            move(1);
            return true;
        case Qt::Key_Up:
            move(-1);
            return true;
        case Qt::Key_PageDown:
            for (int i = 0; i < 8; ++i)
                move(1);
            return true;
        case Qt::Key_PageUp:
            for (int i = 0; i < 8; ++i)
                move(-1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            activate(m_list->currentIndex().row());
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            return true;
        default:
            break;
        }
    }
    return Overlay::eventFilter(object, event);
}

void CommandPalette::showEvent(QShowEvent* event)
{
    Overlay::showEvent(event);
    m_input->setFocus(Qt::OtherFocusReason);
    m_input->selectAll();
}

} // namespace sextant
