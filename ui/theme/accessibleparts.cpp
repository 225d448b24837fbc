// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/accessibleparts.h"

#include <QAccessibleWidget>
#include <QEvent>
#include <QHash>
#include <QWidget>

#include <utility>

namespace slotscope::ui {

namespace {

/// Hangs on a view and knows what is in it.
class PartsHolder final : public QObject
{
public:
    PartsHolder(std::unique_ptr<AccessibleParts> told, QObject* view)
        : QObject(view)
        , m_parts(std::move(told))
        , m_type(view->metaObject())
    {
        view->installEventFilter(this);
    }

    /// Null when the view is half gone, and with it what the parts are made from.
    AccessibleParts* parts() const
    {
        return parent()->metaObject() == m_type ? m_parts.get() : nullptr;
    }

    static PartsHolder* of(const QObject* view)
    {
        for (QObject* child : view->children()) {
            if (auto* holder = dynamic_cast<PartsHolder*>(child))
                return holder;
        }
        return nullptr;
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        // Later: Qt tells of the view itself when that has got its focus.
        if (event->type() == QEvent::FocusIn && QAccessible::isActive())
            QMetaObject::invokeMethod(
                this, [this] { tellCurrentPart(static_cast<QWidget*>(parent())); },
                Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }

private:
    const std::unique_ptr<AccessibleParts> m_parts;
    const QMetaObject* m_type = nullptr;
};

class PartsInterface;

/// One part. It belongs to the interface of its view, and goes with it.
class PartInterface final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    PartInterface(PartsInterface* view, PartIndex index)
        : m_view(view)
        , m_index(index)
    { }

    PartIndex index() const { return m_index; }
    const PartsInterface* view() const { return m_view; }

    bool isValid() const override;
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int index) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface* wanted) const override;
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override { }
    QRect rect() const override;
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    QString localizedActionDescription(const QString& name) const override;
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    AccessiblePart part() const;

    PartsInterface* m_view = nullptr;
    const PartIndex m_index;
};

/// Of a view. Its parts' interfaces are made as they are asked for.
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

    /// Null while the view is being destroyed.
    AccessibleParts* parts() const
    {
        const PartsHolder* holder = object() ? PartsHolder::of(object()) : nullptr;
        return holder ? holder->parts() : nullptr;
    }
    bool holds(PartIndex index) const
    {
        const AccessibleParts* all = isValid() ? parts() : nullptr;
        return all && index.part >= 0 && index.part < all->count()
            && (index.inner < 0 || index.inner < all->innerCount(index.part));
    }
    QAccessibleInterface* interfaceOf(PartIndex index) const
    {
        if (!holds(index))
            return nullptr;
        if (!m_ids.contains(index)) {
            auto* part = new PartInterface(const_cast<PartsInterface*>(this), index);
            m_ids.insert(index, QAccessible::registerAccessibleInterface(part));
        }
        return QAccessible::accessibleInterface(m_ids.value(index));
    }
    bool hasFocus() const { return widget() && widget()->hasFocus(); }
    /// Whether it is another part than at the last time. In a list that scrolls the same part may
    /// be another row by now.
    bool isNews(PartIndex index) { return std::exchange(m_told, index) != index; }
    /// On the screen.
    QRect placeOf(PartIndex index) const
    {
        const QRectF place = parts()->place(index);
        return place.isEmpty() ? QRect() : place.translated(rect().topLeft()).toAlignedRect();
    }

    int childCount() const override { return parts() ? parts()->count() : 0; }
    QAccessibleInterface* child(int index) const override { return interfaceOf({ index, -1 }); }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        const QPointF position = QPoint(x, y) - rect().topLeft();
        for (int i = 0; i < childCount() && rect().contains(x, y); ++i) {
            if (parts()->place({ i, -1 }).contains(position))
                return child(i);
        }
        return nullptr;
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override
    {
        const auto* part = dynamic_cast<const PartInterface*>(wanted);
        return part && part->view() == this && part->index().inner < 0 ? part->index().part : -1;
    }
    QAccessibleInterface* focusChild() const override
    {
        if (!hasFocus() || !parts())
            return QAccessibleWidget::focusChild();
        QAccessibleInterface* current = interfaceOf(parts()->current());
        return current ? current : const_cast<PartsInterface*>(this);
    }

private:
    mutable QHash<PartIndex, QAccessible::Id> m_ids;
    PartIndex m_told;
};

bool PartInterface::isValid() const
{
    return m_view->holds(m_index);
}

QAccessibleInterface* PartInterface::parent() const
{
    return m_index.inner < 0 ? m_view : m_view->interfaceOf({ m_index.part, -1 });
}

QAccessibleInterface* PartInterface::child(int index) const
{
    return m_index.inner < 0 && index >= 0 ? m_view->interfaceOf({ m_index.part, index }) : nullptr;
}

int PartInterface::childCount() const
{
    return m_index.inner < 0 && isValid() ? m_view->parts()->innerCount(m_index.part) : 0;
}

int PartInterface::indexOfChild(const QAccessibleInterface* wanted) const
{
    const auto* part = dynamic_cast<const PartInterface*>(wanted);
    return part && part->parent() == this ? part->index().inner : -1;
}

QAccessibleInterface* PartInterface::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (m_view->placeOf({ m_index.part, i }).contains(x, y))
            return child(i);
    }
    return nullptr;
}

AccessiblePart PartInterface::part() const
{
    return isValid() ? m_view->parts()->part(m_index) : AccessiblePart { {}, QAccessible::NoRole };
}

QString PartInterface::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Name ? part().name : QString();
}

QRect PartInterface::rect() const
{
    return isValid() ? m_view->placeOf(m_index) : QRect();
}

QAccessible::Role PartInterface::role() const
{
    return part().role;
}

QAccessible::State PartInterface::state() const
{
    QAccessible::State state;
    state.readOnly = true;
    state.invisible = !isValid() || m_view->state().invisible;
    if (!isValid())
        return state;
    const bool isCurrent = m_view->parts()->current() == m_index;
    state.focusable = isCurrent;
    state.focused = isCurrent && m_view->hasFocus();
    const AccessiblePart told = part();
    state.selected = told.isSelected;
    state.selectable = state.selected;
    state.expandable = told.isOpen.has_value();
    state.expanded = told.isOpen.value_or(false);
    state.collapsed = !told.isOpen.value_or(true);
    state.offscreen = !m_view->rect().intersects(rect());
    return state;
}

void* PartInterface::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                : nullptr;
}

QStringList PartInterface::actionNames() const
{
    return part().action.isEmpty() ? QStringList() : QStringList { pressAction() };
}

QString PartInterface::localizedActionDescription(const QString& name) const
{
    return name == pressAction() ? part().action : QString();
}

void PartInterface::doAction(const QString& name)
{
    if (actionNames().contains(name))
        m_view->parts()->press(m_index);
}

QAccessibleInterface* makeInterface(const QString& /*className*/, QObject* object)
{
    auto* view = qobject_cast<QWidget*>(object);
    return view && PartsHolder::of(view) ? new PartsInterface(view) : nullptr;
}

} // namespace

AccessibleParts::~AccessibleParts() = default;

int AccessibleParts::innerCount(int /*part*/) const
{
    return 0;
}

PartIndex AccessibleParts::current() const
{
    return {};
}

void AccessibleParts::press(PartIndex /*index*/) { }

void describeParts(QWidget* view, std::unique_ptr<AccessibleParts> parts)
{
    QAccessible::installFactory(makeInterface);
    new PartsHolder(std::move(parts), view);
}

void tellCurrentPart(QWidget* view)
{
    if (!QAccessible::isActive() || !view->hasFocus())
        return;
    auto* told = dynamic_cast<PartsInterface*>(QAccessible::queryAccessibleInterface(view));
    if (!told || !told->parts())
        return;
    const PartIndex index = told->parts()->current();
    if (QAccessibleInterface* current = told->interfaceOf(index)) {
        if (!told->isNews(index)) {
            QAccessibleEvent renamed(current, QAccessible::NameChanged);
            QAccessible::updateAccessibility(&renamed);
            QAccessible::State foldable;
            foldable.expandable = foldable.expanded = foldable.collapsed = true;
            QAccessibleStateChangeEvent folded(current, foldable);
            if (current->state().expandable)
                QAccessible::updateAccessibility(&folded);
        }
        QAccessibleEvent moved(current, QAccessible::Focus);
        QAccessible::updateAccessibility(&moved);
    }
}

} // namespace slotscope::ui
