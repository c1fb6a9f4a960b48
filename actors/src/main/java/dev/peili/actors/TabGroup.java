package dev.peili.actors;

/**
 * The group of tabs that are related by their opener, and that can therefore reach each other's documents.
 *
 * <p>A turn of it excludes the turns of all its documents. It is in the foreground while one of its tabs is visible.
 */
public final class TabGroup extends SchedulerGroup {
    private final String name;

    TabGroup(GroupCore core, String name) {
        super(core);
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isRelatedTo(SchedulerGroup other) {
        return other == this
                || other instanceof RootGroup
                || (other instanceof DocGroup documents && documents.tabGroup() == this);
    }

    @Override
    boolean isWithin(SchedulerGroup other) {
        return other == this || other instanceof RootGroup;
    }
}
