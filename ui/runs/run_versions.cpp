#include "ui/runs/run_versions.h"

#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace sextant {

namespace {
constexpr std::size_t kMostLinks = 3;
} // namespace

RunVersions::RunVersions(const PageContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(6);
    setAccessibleName(tr("Versions made from this run"));
    if (m_context.registry)
        connect(m_context.registry, &RegistryFeed::changed, this, &RunVersions::update);
}

void RunVersions::setRun(const std::string& runId)
{
    m_runId = runId;
    update();
}

void RunVersions::update()
{
    while (auto* item = m_row->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    auto models = m_context.registry ? m_context.registry->data() : nullptr;
    auto versions = models ? models->versionsOfRun(m_runId) : std::vector<const ModelVersion*>();
    setVisible(!versions.empty());
    if (versions.empty())
        return;
    m_row->addWidget(new TextLabel(tr("Registered as"), Theme::Text::Body, "text.muted"));
    for (std::size_t i = 0; i < std::min(versions.size(), kMostLinks); ++i) {
        const auto& version = *versions[i];
        auto* link = new QPushButton(tr("%1 v%2")
                                         .arg(oneName(version.name, 40))
                                         .arg(version.version)
                                         .replace(QLatin1Char('&'), QLatin1String("&&")));
        setControlRole(link, ControlRole::Link);
        setSmall(link);
        link->setToolTip(plainToolTip(tr("%1 v%2").arg(oneLine(version.name, 400)).arg(version.version)));
        connect(
            link, &QPushButton::clicked, this,
            [this, subject = QString::fromStdString(version.name + "/" + std::to_string(version.version))] {
                m_context.navigate(QStringLiteral("registry"), subject);
            });
        m_row->addWidget(link);
    }
    if (versions.size() > kMostLinks)
        m_row->addWidget(new TextLabel(tr("and %1 more").arg(versions.size() - kMostLinks), Theme::Text::Body,
                                       "text.muted"));
}

} // namespace sextant
