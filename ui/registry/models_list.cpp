#include "ui/registry/models_list.h"

#include "ui/registry/row_painting.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/store_text.h"

#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sextant {

namespace {

/// Two lines: the name and what waits; the versions and who is in production.
class ModelRow final : public QStyledItemDelegate
{
public:
    ModelRow(const ModelsModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {120, Theme::of(option.widget).length("row.twoLine")};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        const auto& entry = m_model.entry(index.row());
        auto selected = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        paintRowGround(painter, theme, option, option.state.testFlag(QStyle::State_MouseOver));
        auto area = option.rect.adjusted(theme.length("space.3"), 5, -theme.length("space.3"), -5);
        QRect first(area.left(), area.top(), area.width(), 18),
            second(area.left(), area.bottom() - 15, area.width(), 16);
        if (auto text = ModelsModel::pendingText(entry); !text.isEmpty()) {
            auto badge = Badge::pending(text);
            badge.icon.clear();
            auto width = std::min(badgeWidth(theme, badge), first.width() / 2);
            paintBadge(theme, painter, QRect(first.right() + 1 - width, first.top(), width, first.height()),
                       badge);
            first.setRight(first.right() - width - 8);
        }
        auto text = theme.color(selected ? "selection.text" : "text");
        auto name = theme.font(selected ? Theme::Text::BodyStrong : Theme::Text::Body);
        paintText(painter, first, index.data().toString(), name, text, Qt::AlignLeft, Qt::ElideMiddle);
        auto small = theme.font(Theme::Text::Small);
        auto muted = theme.color("text.muted");
        auto used = paintText(painter, second, ModelsModel::versionsText(entry), small, muted);
        paintText(painter, second.adjusted(used + 12, 0, 0, 0), ModelsModel::holderText(entry), small, muted,
                  Qt::AlignRight);
        paintRowFocus(painter, theme, option);
        painter->restore();
    }

private:
    const ModelsModel& m_model;
};

} // namespace

ModelsList::ModelsList(QWidget* parent)
    : QWidget(parent), m_search(new SearchField(tr("Find model"))), m_view(new QListView),
      m_none(new TextLabel({}, Theme::Text::Body, "text.muted"))
{
    const auto& theme = Theme::of(this);
    setMinimumWidth(180);
    m_search->setToolTip(tr("By name or tag: credit owner=risk"));
    m_search->setAccessibleName(tr("Find model"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new ModelRow(m_model, m_view));
    m_view->setAccessibleName(tr("Models"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->installEventFilter(this);
    m_search->installEventFilter(this);
    m_none->setWordWrap(true);
    m_none->setAlignment(Qt::AlignHCenter);
    m_none->setMargin(theme.length("space.4"));
    m_none->hide();
    auto* head = new QVBoxLayout;
    auto gap = theme.length("space.2");
    head->setContentsMargins(gap, 6, gap, 6);
    head->addWidget(m_search);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_none);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_changing = true;
        m_model.setSearch(text);
        m_changing = false;
        afterReset();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) {
                if (m_changing || !now.isValid() || m_model.entry(now.row()).model.name == m_current)
                    return;
                m_current = m_model.entry(now.row()).model.name;
                emit currentChanged(m_current);
            });
    connect(m_view, &QListView::activated, this, &ModelsList::opened);
}

void ModelsList::setRegistry(RegistryDataPtr registry)
{
    auto place = m_view->indexAt(QPoint(0, 0)).row();
    m_changing = true;
    m_model.setRegistry(std::move(registry));
    m_changing = false;
    afterReset();
    if (place > 0 && place < m_model.rowCount())
        m_view->scrollTo(m_model.index(place), QAbstractItemView::PositionAtTop);
}

void ModelsList::afterReset()
{
    auto searched = !m_search->text().trimmed().isEmpty();
    m_none->setVisible(m_model.rowCount() == 0 && searched);
    m_none->setText(tr("No model matches"));
    auto row = m_model.rowOf(m_current);
    if (row >= 0)
        return select(m_current);
    if (m_model.rowCount() > 0 && (m_current.empty() || !searched))
        m_view->setCurrentIndex(m_model.index(0)); // tells the others
    else if (m_model.rowCount() == 0 && !searched && !m_current.empty()) {
        m_current.clear();
        emit currentChanged(m_current);
    }
}

void ModelsList::select(const std::string& name)
{
    m_changing = true;
    m_view->setCurrentIndex(m_model.index(m_model.rowOf(name)));
    m_changing = false;
}

void ModelsList::showModel(const std::string& name)
{
    if (m_model.rowOf(name) < 0)
        m_search->clear();
    if (auto row = m_model.rowOf(name); row >= 0) {
        m_view->setCurrentIndex(m_model.index(row));
        m_view->scrollTo(m_model.index(row));
    }
}

void ModelsList::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool ModelsList::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_search && event->type() == QEvent::KeyPress) {
        auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_view->setFocus(Qt::ShortcutFocusReason);
            if (!m_view->currentIndex().isValid() && m_model.rowCount() > 0)
                m_view->setCurrentIndex(m_model.index(0));
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void ModelsList::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.fillRect(QRect(0, m_view->y() - 1, width(), 1), theme.color("border.hairline"));
}

} // namespace sextant
