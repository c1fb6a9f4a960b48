package dev.peili.testkit;

import dev.peili.actors.TaskCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where groups are in their tree: the root, a TabGroup, or one site of a TabGroup. The groups of one place, of which one
 * follows the other, are one for isolation and order. Sets of places are sets of bits.
 */
final class Place {
    static final int SITES = 3;
    private static final int ROOT = 0;

    final String name;
    /** The place of work in no group has none. */
    final long bit;
    /** The place above a site is that of its TabGroup. */
    final @Nullable Place tabGroup;
    /** Those whose turns exclude turns of this one (G1). */
    final long related;
    /** This one and those below it. */
    final long reach;
    /** Its TabGroup with all sites. */
    final long family;

    final List<Dossier> groups = new ArrayList<>(1);
    /** How many tabs of the TabGroup are visible. */
    int visibleTabs;
    /** Whether what waits here may be dropped or held up at a moment that only the library knows. */
    boolean inDoubt;
    /** How much waits here, and since which step there has always been something. */
    int work;

    long workSince;
    /** The step of the last turn that began here. */
    long lastBegin;

    private Place(String name, int index, @Nullable Place tabGroup, long related, long reach, long family) {
        this.name = name;
        this.bit = index < 0 ? 0 : 1L << index;
        this.tabGroup = tabGroup;
        this.related = related;
        this.reach = reach;
        this.family = family;
    }

    static Place root() {
        return new Place("root", ROOT, null, -1L, -1L, -1L);
    }

    /** Where actors are that the group dispatcher runs and that are in no group. */
    static Place nowhere() {
        return new Place("nowhere", -1, null, 0, 0, 0);
    }

    static Place ofTabGroup(String name, int number) {
        int index = indexOf(number);
        long family = ((1L << (SITES + 1)) - 1) << index;
        return new Place(name, index, null, family | 1L << ROOT, family, family);
    }

    static Place ofSite(Place tabGroup, int number, int site) {
        int index = indexOf(number) + 1 + site;
        long own = 1L << index;
        return new Place(
                tabGroup.name + "/" + site, index, tabGroup, own | tabGroup.bit | 1L << ROOT, own, tabGroup.family);
    }

    private static int indexOf(int tabGroup) {
        return 1 + tabGroup * (SITES + 1);
    }

    private boolean isRoot() {
        return bit == 1L << ROOT;
    }

    boolean isForeground() {
        return isRoot() || (tabGroup == null ? visibleTabs : tabGroup.visibleTabs) > 0;
    }

    boolean isSuspended() {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).group.isSuspended()) {
                return true;
            }
        }
        return tabGroup != null && tabGroup.isSuspended();
    }

    boolean isInDoubt() {
        return inDoubt || (tabGroup != null && tabGroup.inDoubt);
    }

    /** How many tasks may wait in a lane, as its newest group was told. */
    Optional<Integer> capacity(TaskCategory category) {
        return Optional.ofNullable(groups.get(groups.size() - 1).capacities.get(category));
    }

    /** What any group of this place was told, which holds for the next for as long as something is left of the one. */
    IntStream everyCapacity(TaskCategory category) {
        return groups.stream().mapToInt(group -> group.capacities.getOrDefault(category, 0));
    }

    /** Something waits here from now on. */
    void queued(long step) {
        if (work++ == 0) {
            workSince = step;
        }
    }

    void unqueued() {
        work--;
    }

    @Override
    public String toString() {
        return name;
    }
}
