#include "ui/compare/text_diff_view.h"

#include "ui/compare/text_side_model.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStackedWidget>

namespace sextant {

namespace {

const QString kLane = QStringLiteral("compare.diff.text");
const QString kFilesLane = QStringLiteral("compare.diff.files");
constexpr std::size_t kMostInMenu = 60;

void together(QScrollBar* a, QScrollBar* b)
{
    QObject::connect(a, &QScrollBar::valueChanged, b, &QScrollBar::setValue);
    QObject::connect(b, &QScrollBar::valueChanged, a, &QScrollBar::setValue);
}

} // namespace

TextDiffView::TextDiffView(CompareContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_subject(new PickerButton(tr("Text"))), m_menu(new QMenu(this)),
      m_counts(new TextLabel({}, Theme::Text::Small, "text")),
      m_note(new TextLabel({}, Theme::Text::Small, "warning.fg")),
      m_leftName(new ElidedLabel(Theme::Text::SmallStrong)),
      m_rightName(new ElidedLabel(Theme::Text::SmallStrong)), m_leftModel(new TextSideModel(false, this)),
      m_rightModel(new TextSideModel(true, this)), m_stack(new QStackedWidget), m_state(new StatePanel)
{
    const auto& theme = Theme::of(this);
    m_left = buildSide(m_leftModel, tr("Text of the baseline"));
    m_right = buildSide(m_rightModel, tr("Text of this run"));
    together(m_left->verticalScrollBar(), m_right->verticalScrollBar());
    together(m_left->horizontalScrollBar(), m_right->horizontalScrollBar());
    auto* sides = new QWidget;
    auto* grid = new QGridLayout(sides);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(1);
    grid->setVerticalSpacing(0);
    for (auto* name : {m_leftName, m_rightName}) {
        auto* margins = new QHBoxLayout;
        margins->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
        name->setFixedHeight(theme.length("row.table"));
        margins->addWidget(name);
        grid->addLayout(margins, 0, name == m_leftName ? 0 : 1);
    }
    grid->addWidget(m_left, 1, 0);
    grid->addWidget(m_right, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    m_stack->addWidget(sides);
    m_stack->addWidget(m_state);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(m_stack, 1);
    m_subject->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &TextDiffView::fillMenu);
}

QWidget* TextDiffView::buildHead()
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    head->setFixedHeight(theme.length("bar.filter"));
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    auto button = [&](const QString& icon, const QString& text, std::function<void()> run) {
        auto* made = new IconButton(icon, text);
        connect(made, &QToolButton::clicked, this, std::move(run));
        layout->addWidget(made);
    };
    button(QStringLiteral("arrow-left"), tr("Back to all differences (Esc)"), [this] { emit closed(); });
    m_subject->setMaximumWidth(420);
    layout->addWidget(m_subject);
    button(QStringLiteral("chevron-up"), tr("Previous change ([)"), [this] { goToChange(-1); });
    button(QStringLiteral("chevron-down"), tr("Next change (])"), [this] { goToChange(1); });
    layout->addWidget(m_counts);
    layout->addStretch(1);
    layout->addWidget(m_note);
    return head;
}

QListView* TextDiffView::buildSide(TextSideModel* model, const QString& name)
{
    auto* list = new QListView;
    list->setModel(model);
    list->setItemDelegate(new TextSideDelegate(list));
    list->setUniformItemSizes(true);
    list->setFrameShape(QFrame::NoFrame);
    list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // both sides are of one height
    list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setAccessibleName(name);
    return list;
}

void TextDiffView::begin(const RunLook& left, const RunLook& right)
{
    m_leftRun = left;
    m_rightRun = right;
    m_leftName->setText(tr("%1, baseline").arg(left.name));
    m_rightName->setText(right.name);
    m_files.clear();
    m_filesProblem.clear();
    m_field.clear();
    m_note->setText({});
    m_counts->setText({});
}

void TextDiffView::showField(const RunLook& left, const RunLook& right, const QString& field,
                             std::string leftText, std::string rightText)
{
    begin(left, right);
    m_field = field;
    m_leftText = std::move(leftText);
    m_rightText = std::move(rightText);
    compareField();
    listFiles(false);
}

void TextDiffView::showFiles(const RunLook& left, const RunLook& right)
{
    begin(left, right);
    m_subject->setValue(tr("files"));
    m_state->showLoading(tr("Looking for text files of both runs"));
    m_stack->setCurrentWidget(m_state);
    listFiles(true);
}

void TextDiffView::compareField()
{
    m_subject->setValue(m_field);
    setBusy(true);
    m_context.page.jobs.start<TextPairPtr>(
        tr("Comparing texts"), kLane, this,
        [left = m_leftText, right = m_rightText](const Operation&) -> Result<TextPairPtr> {
            return compareTexts(left, right);
        },
        [this](Result<TextPairPtr> pair) { present(std::move(pair)); });
}

void TextDiffView::listFiles(bool openFirst)
{
    m_listing = true;
    emit busyChanged();
    m_context.page.session.read<std::vector<std::string>>(
        tr("Listing files"), kFilesLane, this,
        [left = m_leftRun.runId, right = m_rightRun.runId](Store& store, const Operation& operation) {
            return commonTextFiles(store, left, right, operation);
        },
        [this, openFirst](Result<std::vector<std::string>> files) { onFiles(std::move(files), openFirst); });
}

void TextDiffView::onFiles(Result<std::vector<std::string>> files, bool openFirst)
{
    m_listing = false;
    if (files)
        m_files = std::move(*files);
    else
        m_filesProblem = QString::fromStdString(files.error().message);
    if (openFirst && !files)
        m_state->showError(files.error());
    else if (openFirst && m_files.empty())
        m_state->showEmpty(QStringLiteral("file-text"), tr("The two runs have no text file of the same path"),
                           tr("Looked for texts up to three folders deep"));
    else if (openFirst)
        openFile(m_files.front());
    emit busyChanged();
}

void TextDiffView::openFile(const std::string& path)
{
    m_subject->setValue(oneLine(path, 200));
    setBusy(true);
    m_context.page.session.read<TextPairPtr>(
        tr("Reading a file of two runs"), kLane, this,
        [left = m_leftRun.runId, right = m_rightRun.runId, path](Store& store, const Operation&) {
            return compareFiles(store, left, right, path);
        },
        [this](Result<TextPairPtr> pair) { present(std::move(pair)); });
}

void TextDiffView::fillMenu()
{
    m_menu->clear();
    auto escaped = [](QString text) { return text.replace(QLatin1Char('&'), QLatin1String("&&")); };
    if (!m_field.isEmpty()) {
        connect(m_menu->addAction(escaped(m_field)), &QAction::triggered, this, &TextDiffView::compareField);
        m_menu->addSeparator();
    }
    for (std::size_t i = 0; i < std::min(m_files.size(), kMostInMenu); ++i)
        connect(m_menu->addAction(escaped(oneLine(m_files[i], 200))), &QAction::triggered, this,
                [this, path = m_files[i]] { openFile(path); });
    auto remark = [this](const QString& text) { m_menu->addAction(text)->setEnabled(false); };
    if (m_files.size() > kMostInMenu)
        remark(tr("%1 more files are not listed").arg(m_files.size() - kMostInMenu));
    if (m_listing)
        remark(tr("Looking for text files of both runs"));
    else if (!m_filesProblem.isEmpty())
        remark(m_filesProblem);
    else if (m_files.empty())
        remark(tr("The two runs have no text file of the same path"));
}

void TextDiffView::present(Result<TextPairPtr> pair)
{
    setBusy(false);
    m_note->setText({});
    m_counts->setText({});
    if (!pair) {
        m_state->showError(pair.error());
        m_stack->setCurrentWidget(m_state);
        return;
    }
    m_pair = std::move(*pair);
    m_leftModel->show(m_pair);
    m_rightModel->show(m_pair);
    const auto& difference = m_pair->difference;
    if (difference.same())
        m_counts->setText(difference.lineEndsDiffer ? tr("The same but for line ends") : tr("The same text"));
    else
        m_counts->setText(tr("%1 changed, %2 added, %3 removed lines")
                              .arg(difference.changed)
                              .arg(difference.added)
                              .arg(difference.removed));
    if (m_pair->cut())
        m_note->setText(tr("Only the first %1 of each are compared, of %2 and %3")
                            .arg(formatSize(kMostTextCompared), formatSize(m_pair->leftSize),
                                 formatSize(m_pair->rightSize)));
    else if (!difference.shortest)
        m_note->setText(tr("The texts are very unlike: some lines may not be matched best"));
    m_stack->setCurrentIndex(0);
    m_left->setFocus();
    goToChange(1);
}

bool TextDiffView::goToChange(int step)
{
    if (!m_pair)
        return false;
    auto count = static_cast<int>(m_pair->difference.lines.size());
    auto from = m_left->currentIndex().isValid() ? m_left->currentIndex().row() : -1;
    auto same = [&](int row) { return m_leftModel->kind(row) == DiffLine::Kind::Same; };
    auto row = from;
    while (step > 0 && row >= 0 && row < count && !same(row)) // out of the change we are in
        ++row;
    if (step > 0)
        while (row < count && (row < 0 || same(row)))
            ++row;
    else {
        --row;
        while (row >= 0 && same(row))
            --row;
        while (row > 0 && !same(row - 1)) // to where the change begins
            --row;
    }
    if (row < 0 || row >= count)
        return false;
    m_left->setCurrentIndex(m_leftModel->index(row));
    m_right->setCurrentIndex(m_rightModel->index(row));
    m_left->scrollTo(m_left->currentIndex(), QAbstractItemView::PositionAtCenter);
    return true;
}

void TextDiffView::setBusy(bool busy)
{
    m_busy = busy;
    emit busyChanged();
}

void TextDiffView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return emit closed();
    QWidget::keyPressEvent(event);
}

void TextDiffView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto& theme = Theme::of(this);
    painter.fillRect(rect(), theme.color("bg.2"));
}

} // namespace sextant
