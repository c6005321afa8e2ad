#include "ui/registry/model_pane.h"

#include "ui/registry/alias_chips.h"
#include "ui/widgets/label.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QTextDocument>

namespace sextant {

namespace {

constexpr int kLeastHistory = 52 + 5 * 28; // its head and five events
constexpr int kLongestAlias = 48;
constexpr std::size_t kMostMarkdown = 4000; // of a description, for its one line

/// Markdown as the words it is made of.
QString plainWords(const std::string& markdown)
{
    QTextDocument document;
    document.setMarkdown(manyLines(markdown, kMostMarkdown),
                         QTextDocument::MarkdownFeatures(QTextDocument::MarkdownNoHTML));
    return document.toPlainText().simplified();
}

} // namespace

ModelPane::ModelPane(QWidget* parent)
    : QWidget(parent), m_versions(new VersionsView(m_model)), m_history(new HistoryView)
{
    setMinimumWidth(420);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head = buildHead());
    layout->addWidget(m_versions);
    layout->addWidget(m_history, 1);
    setFocusProxy(m_versions);
    connect(m_versions, &VersionsView::versionChanged, this, [this] {
        auto version = m_versions->current();
        m_history->setVersion(isDeleted(version) ? 0 : version);
        emit versionChanged();
    });
    connect(m_history, &HistoryView::versionWanted, m_versions, &VersionsView::showVersion);
}

QWidget* ModelPane::buildHead()
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(theme.length("space.4"), 10, theme.length("space.3"), 10);
    column->setSpacing(4);
    m_name = new ElidedLabel(Theme::Text::Heading, "text", Qt::ElideMiddle);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_aliases = new AliasChips;
    auto* first = new QHBoxLayout;
    first->setSpacing(theme.length("space.2"));
    first->addWidget(m_name, 3);
    first->addWidget(m_aliases, 2);
    column->addLayout(first);
    column->addWidget(m_outside = new ElidedLabel(Theme::Text::BodyStrong, "warning.fg"));
    m_outside->hide();
    column->addWidget(m_description = new ElidedLabel(Theme::Text::Body, "text.muted"));
    return head;
}

bool ModelPane::isDeleted(std::int64_t version) const
{
    auto row = m_model.rowOf(version);
    return row >= 0 && m_model.row(row).deleted;
}

const ModelVersion* ModelPane::currentVersion() const
{
    auto row = m_versions->currentIndex().row();
    return row < 0 || row >= m_model.rowCount() ? nullptr : m_model.row(row).version;
}

void ModelPane::setContent(const RegistryDataPtr& registry, const std::string& model,
                           const std::string& metric, int direction)
{
    auto same = entry() && entry()->model.name == model;
    auto version = same ? m_versions->current() : 0;
    auto chosen = same ? m_versions->chosen() : std::vector<std::int64_t>();
    m_model.setContent(registry, model, metric, direction);
    const auto* shown = entry();
    m_logsRead = registry && registry->logsRead;
    if (m_observed != model)
        m_observations.clear();
    m_history->setEntry(shown, m_logsRead, m_observations);
    if (shown) {
        m_name->setText(oneLine(shown->model.name, 1000));
        m_description->setText(plainWords(shown->model.description));
        m_description->setVisible(!shown->model.description.empty());
        QStringList outside;
        for (const auto& sentence : shown->changedOutside())
            outside << oneLine(sentence);
        m_outside->setText(tr("Changed outside the log: %1").arg(outside.join(QLatin1String("; "))));
        m_outside->setVisible(!outside.isEmpty());
        std::vector<Badge> badges;
        for (const auto& [alias, number] : shown->model.aliases) {
            auto text = tr("%1 → v%2").arg(oneName(alias, kLongestAlias)).arg(number);
            badges.push_back(m_model.isProtected(alias) ? Badge::protectedAlias(text) : Badge::alias(text));
        }
        m_aliases->setBadges(std::move(badges));
    }
    if (m_model.rowCount() > 0) {
        auto row = std::max(0, m_model.rowOf(version));
        m_versions->setCurrentIndex(m_model.index(row, 0));
        if (chosen.size() > 1)
            for (auto number : chosen)
                if (auto other = m_model.rowOf(number); other >= 0)
                    m_versions->selectionModel()->select(
                        m_model.index(other, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    } else {
        emit versionChanged();
    }
    divide();
}

void ModelPane::setObservations(const std::string& model, std::vector<registry::Observation> observations)
{
    if (!entry() || entry()->model.name != model)
        return;
    m_observed = model;
    if (observations == m_observations)
        return;
    m_observations = std::move(observations);
    m_history->setEntry(entry(), m_logsRead, m_observations);
    divide();
}

/// The versions have the height they need, as long as the history keeps some.
void ModelPane::divide()
{
    auto room = height() - m_head->sizeHint().height();
    auto wanted = m_versions->wholeHeight();
    auto history = std::min(kLeastHistory, m_history->wholeHeight());
    m_versions->setFixedHeight(std::max(3 * 28, std::min(wanted, room - history)));
}

void ModelPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    divide();
}

void ModelPane::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    auto list = m_history->view().mapTo(this, QPoint(0, 0)).y();
    painter.fillRect(QRect(0, list - 1, width(), 1), theme.color("border.hairline"));
}

} // namespace sextant
