#include "ui/compare/diff_view.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QScrollBar>

namespace sextant {

namespace {

constexpr int kFieldWidth = 198, kWidestField = 320;
constexpr int kVariesWidth = 62;
constexpr int kNarrowestRun = 92, kWidestRun = 260, kWidestNumber = 150;
constexpr int kFrozenColumns = DiffModel::FirstRun + 1;

} // namespace

DiffView::DiffView(DiffModel& model, QWidget* parent)
    : QTableView(parent), m_model(model), m_painting(model), m_frozen(new QTableView(this))
{
    retheme();
    dress(*this);
    dress(*m_frozen);
    setAccessibleName(tr("Differences"));
    m_frozen->setAccessibleName(tr("Fields and baseline"));
    m_frozen->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->setFocusProxy(this);
    m_frozen->setFocusPolicy(Qt::ClickFocus);
    viewport()->stackUnder(m_frozen);
    m_frozen->setSelectionModel(selectionModel());
    connectFrozen();
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &DiffView::rememberPlace);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        layoutColumns();
        restorePlace();
    });
}

void DiffView::dress(QTableView& view)
{
    auto* header = new DiffHeader(m_painting, &view);
    view.setHorizontalHeader(header);
    view.verticalHeader()->hide();
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.verticalHeader()->setMinimumSectionSize(m_painting.theme->length("row.tableCompact"));
    view.verticalHeader()->setDefaultSectionSize(m_painting.theme->length("row.table"));
    view.setShowGrid(false);
    view.setFrameShape(QFrame::NoFrame);
    view.setWordWrap(false);
    view.setSelectionBehavior(QAbstractItemView::SelectItems);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setTabKeyNavigation(false);
    view.setItemDelegate(new DiffDelegate(m_painting, &view));
    view.setModel(&m_model);
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &DiffHeader::menuRequested, this, &DiffView::headMenuRequested);
    connect(&view, &QWidget::customContextMenuRequested, this, [this, &view](const QPoint& place) {
        if (auto index = view.indexAt(place); index.isValid())
            emit cellMenuRequested(index, view.viewport()->mapToGlobal(place));
    });
    connect(&view, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (const auto* section = m_model.head(index.row()))
            emit foldRequested(index.row(), !m_model.folded(*section));
    });
    connect(&view, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& index) {
        if (!m_model.head(index.row()))
            emit openRequested(index);
    });
}

void DiffView::connectFrozen()
{
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_frozen->verticalScrollBar(),
            &QScrollBar::setValue);
    connect(m_frozen->verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(),
            &QScrollBar::setValue);
    connect(m_frozen->horizontalHeader(), &QHeaderView::sectionResized, this,
            [this](int column, int, int width) {
                if (m_layingOut || column != DiffModel::FieldColumn)
                    return;
                m_fieldWidth = width;
                layoutColumns();
            });
}

void DiffView::retheme()
{
    m_painting.retheme(Theme::of(this));
}

void DiffView::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::FontChange) {
        retheme();
        viewport()->update();
        m_frozen->viewport()->update();
    }
}

int DiffView::frozenWidth() const
{
    auto width = 0;
    for (int column = 0; column < kFrozenColumns; ++column)
        width += columnWidth(column);
    return width;
}

int DiffView::fieldWidthByContent() const
{
    constexpr int kSample = 200;
    QFontMetrics metrics(m_painting.theme->font(Theme::Text::Body));
    auto width = 0;
    for (int row = 0; row < std::min(kSample, m_model.rowCount()); ++row)
        if (!m_model.head(row))
            width =
                std::max(width, metrics.horizontalAdvance(m_model.index(row, 0).data().toString().left(60)));
    return width + 2 * m_painting.padding + 4;
}

void DiffView::layoutColumns()
{
    auto columns = m_model.columnCount();
    if (columns <= DiffModel::FirstRun || m_layingOut)
        return;
    m_layingOut = true;
    auto runs = columns - DiffModel::FirstRun;
    auto numbers = m_model.content() ? m_model.content()->matrix->numberLength : 0;
    auto least =
        std::clamp(m_painting.text(true, false).numberWidth(QString(numbers, u'0')) + 2 * m_painting.padding,
                   kNarrowestRun, kWidestNumber);
    auto varies = kVariesWidth + (runs >= 1000 ? 14 : 0);
    auto spare =
        static_cast<int>(std::min<qint64>(kWidestField, viewport()->width() - varies - qint64{runs} * least));
    auto field = m_fieldWidth > 0
                     ? m_fieldWidth
                     : std::clamp(fieldWidthByContent(), kFieldWidth, std::max(kFieldWidth, spare));
    auto width = std::clamp((viewport()->width() - field - varies) / runs, least, kWidestRun);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setDefaultSectionSize(width);
    m_frozen->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_frozen->horizontalHeader()->setSectionResizeMode(DiffModel::FieldColumn, QHeaderView::Interactive);
    for (auto* view : {static_cast<QTableView*>(this), m_frozen}) {
        view->setColumnWidth(DiffModel::FieldColumn, field);
        view->setColumnWidth(DiffModel::VariesColumn, varies);
        view->setColumnWidth(DiffModel::FirstRun, width);
    }
    for (int column = 0; column < columns; ++column)
        if (m_frozen->isColumnHidden(column) != (column >= kFrozenColumns))
            m_frozen->setColumnHidden(column, column >= kFrozenColumns);
    m_layingOut = false;
    layoutFrozen();
}

void DiffView::layoutFrozen()
{
    m_frozen->setGeometry(0, 0, std::min(frozenWidth(), viewport()->width()),
                          horizontalHeader()->height() + viewport()->height());
}

void DiffView::updateGeometries()
{
    QTableView::updateGeometries();
    if (m_frozen)
        layoutFrozen();
}

void DiffView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    layoutColumns();
}

void DiffView::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    if (index.column() < kFrozenColumns) {
        auto horizontal = horizontalScrollBar()->value();
        QTableView::scrollTo(index, hint);
        return horizontalScrollBar()->setValue(horizontal);
    }
    QTableView::scrollTo(index, hint);
    if (auto covered = frozenWidth() - columnViewportPosition(index.column()); covered > 0)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - covered);
}

void DiffView::goTo(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    scrollTo(index);
}

const RunLook* DiffView::currentRun() const
{
    return currentIndex().isValid() ? m_model.run(currentIndex().column()) : nullptr;
}

void DiffView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    ring();
    if (current.column() != previous.column())
        emit currentRunChanged();
}

void DiffView::ring()
{
    m_painting.focused = hasFocus() && m_keyboardFocus ? currentIndex() : QModelIndex();
    viewport()->update();
    m_frozen->viewport()->update();
}

void DiffView::focusInEvent(QFocusEvent* event)
{
    QTableView::focusInEvent(event);
    m_keyboardFocus =
        m_keyboardFocus || event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (!currentIndex().isValid() && m_model.rowCount() > 0 && event->reason() != Qt::MouseFocusReason)
        selectionModel()->setCurrentIndex(m_model.index(0, DiffModel::FieldColumn),
                                          QItemSelectionModel::NoUpdate);
    ring();
}

void DiffView::focusOutEvent(QFocusEvent* event)
{
    QTableView::focusOutEvent(event);
    m_keyboardFocus = false;
    ring();
}

bool DiffView::foldByKey(int key)
{
    auto current = currentIndex();
    const auto* section = current.isValid() ? m_model.head(current.row()) : nullptr;
    if (!section)
        return false;
    auto folded = m_model.folded(*section);
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space)
        emit foldRequested(current.row(), !folded);
    else if ((key == Qt::Key_Left && !folded) || (key == Qt::Key_Right && folded))
        emit foldRequested(current.row(), key == Qt::Key_Left);
    else
        return false;
    return true;
}

void DiffView::keyPressEvent(QKeyEvent* event)
{
    m_keyboardFocus = true;
    ring();
    if (foldByKey(event->key()))
        return;
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        emit openRequested(currentIndex());
        return;
    }
    if (event->key() == Qt::Key_Menu && currentIndex().isValid()) {
        auto rect = visualRect(currentIndex());
        emit cellMenuRequested(currentIndex(), viewport()->mapToGlobal(rect.bottomLeft()));
        return;
    }
    QTableView::keyPressEvent(event);
}

void DiffView::rememberPlace()
{
    auto current = currentIndex();
    if (m_place || m_model.rowCount() == 0)
        return;
    Place place;
    place.horizontal = horizontalScrollBar()->value();
    auto row = current.isValid() && visualRect(current).intersects(viewport()->rect())
                   ? current.row()
                   : std::max(0, rowAt(0));
    place.top = verticalScrollBar()->value() == 0 ? -1 : rowViewportPosition(row);
    place.column = current.isValid() ? current.column() : -1;
    if (const auto* run = m_model.run(place.column))
        place.runId = run->runId;
    if (const auto* section = m_model.head(row)) {
        place.head = true;
        place.section = section->section;
    } else {
        place.kind = m_model.field(row).kind;
        place.key = m_model.field(row).key;
    }
    m_place = std::move(place);
}

void DiffView::restorePlace()
{
    if (!m_place || m_model.rowCount() == 0)
        return;
    auto place = *std::exchange(m_place, std::nullopt);
    auto found = -1;
    for (int row = 0; row < m_model.rowCount() && found < 0; ++row) {
        const auto* section = m_model.head(row);
        if (section
                ? place.head && section->section == place.section
                : !place.head && m_model.field(row).kind == place.kind && m_model.field(row).key == place.key)
            found = row;
    }
    auto column = place.runId.empty() ? place.column : m_model.columnOf(place.runId);
    updateGeometries();
    if (found >= 0 && column >= 0)
        selectionModel()->setCurrentIndex(m_model.index(found, column),
                                          place.head ? QItemSelectionModel::NoUpdate
                                                     : QItemSelectionModel::ClearAndSelect);
    if (found >= 0 && place.top >= 0)
        verticalScrollBar()->setValue(found * verticalHeader()->defaultSectionSize() - place.top);
    horizontalScrollBar()->setValue(place.horizontal);
}

} // namespace sextant
