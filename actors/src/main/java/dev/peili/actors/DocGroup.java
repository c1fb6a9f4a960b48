package dev.peili.actors;

/**
 * The group of those documents of one {@link TabGroup} that have the same {@link Site}, and that can therefore touch each
 * other. Documents of different sites, or of different TabGroups, run in parallel.
 */
public final class DocGroup extends SchedulerGroup {
    private final TabGroup tabGroup;
    private final Site site;

    DocGroup(GroupCore core, TabGroup tabGroup, Site site) {
        super(core);
        this.tabGroup = tabGroup;
        this.site = site;
    }

    @Override
    public String name() {
        return tabGroup.name() + "/" + site.key();
    }

    /** The TabGroup of all its documents. */
    public TabGroup tabGroup() {
        return tabGroup;
    }

    /** The site of all its documents. */
    public Site site() {
        return site;
    }

    /**
     * {@inheritDoc} A DocGroup that has ended and one that was opened for the same site afterwards are related as well:
     * what is left of the one never runs beside the other.
     */
    @Override
    public boolean isRelatedTo(SchedulerGroup other) {
        return other instanceof DocGroup documents
                ? documents.tabGroup == tabGroup && documents.site.equals(site)
                : other == tabGroup || other instanceof RootGroup;
    }

    @Override
    boolean isWithin(SchedulerGroup other) {
        return isRelatedTo(other);
    }
}
