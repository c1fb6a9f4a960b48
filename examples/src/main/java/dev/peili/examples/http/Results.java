package dev.peili.examples.http;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the content process says that it has handled of a script. */
final class Results {
    private final Script script;
    private final Tally all = new Tally();
    private final Map<Target, Tally> tallies = new HashMap<>();
    private final Set<Place> places = new HashSet<>();
    private final Map<Place.Kind, Long> channelsOfKind = new EnumMap<>(Place.Kind.class);

    Results(Script script) {
        this.script = script;
    }

    /** A channel is done. */
    void add(int channel, Handled handled) {
        all.add(handled);
        tallies.computeIfAbsent(script.channels().get(channel).target(), target -> new Tally())
                .add(handled);
        places.add(handled.place());
        channelsOfKind.merge(handled.place().kind(), 1L, Long::sum);
    }

    Script script() {
        return script;
    }

    /** All channels together. */
    Tally all() {
        return all;
    }

    /** The channels with one target; empty if there are none. */
    Optional<Tally> of(Target target) {
        return Optional.ofNullable(tallies.get(target));
    }

    /** The DocGroups of a tab, in the order in which they were first needed. */
    List<Target.OfDocuments> documentsOf(String tab) {
        return script.channels().stream()
                .map(Channel::target)
                .filter(Target.OfDocuments.class::isInstance)
                .map(Target.OfDocuments.class::cast)
                .filter(documents -> documents.tab().equals(tab))
                .distinct()
                .toList();
    }

    /** The same as {@link Counts#of} says of the script, from what the content process has seen. */
    Counts counts() {
        return new Counts(
                all.channels(),
                all.redirects(),
                all.responses(),
                all.data(),
                all.ends(),
                all.bytes(),
                places.stream()
                        .map(Place::tabGroup)
                        .filter(tabGroup -> !tabGroup.isEmpty())
                        .distinct()
                        .count(),
                places.stream()
                        .filter(place -> place.kind() == Place.Kind.DOC_GROUP)
                        .count(),
                new Counts.Targets(
                        channelsIn(Place.Kind.DOC_GROUP),
                        channelsIn(Place.Kind.TAB_GROUP),
                        channelsIn(Place.Kind.ROOT)));
    }

    private long channelsIn(Place.Kind kind) {
        return channelsOfKind.getOrDefault(kind, 0L);
    }
}
