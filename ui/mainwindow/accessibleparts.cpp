// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/accessibleparts.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace slotscope::ui {

namespace {

/// Hangs on a view and knows what is in it.
class PartsHolder final : public QObject
{
public:
    PartsHolder(std::function<QList<AccessiblePart>()> function, QObject* view)
        : QObject(view)
        , parts(std::move(function))
    { }
    const std::function<QList<AccessiblePart>()> parts;

    static PartsHolder* of(const QObject* view)
    {
        for (QObject* child : view->children()) {
            if (auto* holder = dynamic_cast<PartsHolder*>(child))
                return holder;
        }
        return nullptr;
    }
};

class PartsInterface;

/// One item. It belongs to the interface of its view, and goes with it.
class PartInterface final : public QAccessibleInterface
{
public:
    PartInterface(PartsInterface* view, int index)
        : m_view(view)
        , m_index(index)
    { }

    bool isValid() const override;
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override { }
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;

private:
    PartsInterface* m_view = nullptr;
    int m_index = 0;
};

class PartsInterface final : public QAccessibleWidget
{
public:
    explicit PartsInterface(QWidget* view)
        : QAccessibleWidget(view, QAccessible::List)
    { }
    ~PartsInterface() override
    {
        for (const QAccessible::Id id : std::as_const(m_ids))
            QAccessible::deleteAccessibleInterface(id);
    }
    Q_DISABLE_COPY_MOVE(PartsInterface)

    /// As of the last time that somebody counted.
    const QList<AccessiblePart>& parts() const { return m_parts; }

    int childCount() const override
    {
        const PartsHolder* holder = object() ? PartsHolder::of(object()) : nullptr;
        m_parts = holder ? holder->parts() : QList<AccessiblePart>();
        return static_cast<int>(m_parts.size());
    }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || (index >= m_parts.size() && index >= childCount()))
            return nullptr;
        if (!m_ids.contains(index)) {
            auto* part = new PartInterface(const_cast<PartsInterface*>(this), index);
            m_ids.insert(index, QAccessible::registerAccessibleInterface(part));
        }
        return QAccessible::accessibleInterface(m_ids.value(index));
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        const int count = childCount();
        for (int i = 0; i < count; ++i) {
            if (placeOf(i).contains(x, y))
                return child(i);
        }
        return nullptr;
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override
    {
        for (auto it = m_ids.cbegin(); it != m_ids.cend(); ++it) {
            if (QAccessible::accessibleInterface(it.value()) == wanted)
                return it.key();
        }
        return -1;
    }
    /// On the screen.
    QRect placeOf(int index) const
    {
        const QRectF all = rect();
        const QRectF share = m_parts.value(index).place;
        return QRectF(all.x() + share.x() * all.width(), all.y() + share.y() * all.height(),
            share.width() * all.width(), share.height() * all.height())
            .toAlignedRect();
    }

private:
    mutable QList<AccessiblePart> m_parts;
    mutable QHash<int, QAccessible::Id> m_ids;
};

bool PartInterface::isValid() const
{
    return m_view->isValid() && m_index < m_view->parts().size();
}

QAccessibleInterface* PartInterface::parent() const
{
    return m_view;
}

QString PartInterface::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Name ? m_view->parts().value(m_index).name : QString();
}

QRect PartInterface::rect() const
{
    return isValid() ? m_view->placeOf(m_index) : QRect();
}

QAccessible::State PartInterface::state() const
{
    QAccessible::State state;
    state.readOnly = true;
    state.invisible = !isValid() || m_view->state().invisible;
    return state;
}

QAccessibleInterface* makeInterface(const QString& /*className*/, QObject* object)
{
    auto* view = qobject_cast<QWidget*>(object);
    return view && PartsHolder::of(view) ? new PartsInterface(view) : nullptr;
}

} // namespace

void describeParts(QWidget* view, std::function<QList<AccessiblePart>()> parts)
{
    QAccessible::installFactory(makeInterface);
    new PartsHolder(std::move(parts), view);
    // One without parts may have been made when the view was given its name.
    if (QAccessibleInterface* old = QAccessible::queryAccessibleInterface(view);
        old && !dynamic_cast<PartsInterface*>(old))
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(old));
}

} // namespace slotscope::ui
