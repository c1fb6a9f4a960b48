package dev.peili.examples.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a script asks for, counted without playing it.
 *
 * @param channels the requests
 * @param redirects the messages that redirect one
 * @param responses the messages that begin an answer
 * @param data the messages that bring data
 * @param ends the last messages of channels
 * @param bytes the length of all data
 * @param tabGroups the tabs that open channels. Each is opened by nobody, so it is a TabGroup of its own.
 * @param docGroups the pairs of tab and site that are targets
 * @param targets how many channels have a target of each kind
 */
record Counts(
        long channels,
        long redirects,
        long responses,
        long data,
        long ends,
        long bytes,
        long tabGroups,
        long docGroups,
        Targets targets) {

    /**
     * How many channels have a target of each kind.
     *
     * @param docGroup those of documents
     * @param tabGroup those of tabs
     * @param none those without a group
     */
    record Targets(long docGroup, long tabGroup, long none) {
        private static Targets of(List<Channel> channels) {
            return new Targets(
                    count(channels, Target.OfDocuments.class),
                    count(channels, Target.OfTab.class),
                    count(channels, Target.None.class));
        }

        private static long count(List<Channel> channels, Class<? extends Target> kind) {
            return channels.stream()
                    .map(Channel::target)
                    .filter(kind::isInstance)
                    .count();
        }
    }

    static Counts of(Script script) {
        return new Counts(
                script.channels().size(),
                messages(script, Message.Redirect.class).count(),
                messages(script, Message.Response.class).count(),
                messages(script, Message.Data.class).count(),
                messages(script, Message.class).filter(Message::isLast).count(),
                messages(script, Message.Data.class)
                        .mapToLong(Message.Data::length)
                        .sum(),
                script.tabs().size(),
                script.channels().stream()
                        .map(Channel::target)
                        .filter(Target.OfDocuments.class::isInstance)
                        .distinct()
                        .count(),
                Targets.of(script.channels()));
    }

    /** The messages to all channels, without redirects. */
    long messages() {
        return responses + data + ends;
    }

    /** What differs first from other counts, in words; empty if nothing does. */
    Optional<String> differenceTo(Counts other) {
        Map<String, Long> others = other.byName();
        return byName().entrySet().stream()
                .filter(count -> !count.getValue().equals(others.get(count.getKey())))
                .map(count -> count.getKey() + ": " + count.getValue() + ", not " + others.get(count.getKey()))
                .findFirst();
    }

    private Map<String, Long> byName() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("channels", channels);
        counts.put("redirects", redirects);
        counts.put("responses", responses);
        counts.put("data", data);
        counts.put("ends", ends);
        counts.put("bytes", bytes);
        counts.put("TabGroups", tabGroups);
        counts.put("DocGroups", docGroups);
        counts.put("channels in DocGroups", targets.docGroup());
        counts.put("channels in TabGroups", targets.tabGroup());
        counts.put("channels in no group", targets.none());
        return counts;
    }

    private static <M extends Message> Stream<M> messages(Script script, Class<M> kind) {
        return script.steps().stream()
                .filter(Step.Send.class::isInstance)
                .map(step -> ((Step.Send) step).message())
                .filter(kind::isInstance)
                .map(kind::cast);
    }
}
