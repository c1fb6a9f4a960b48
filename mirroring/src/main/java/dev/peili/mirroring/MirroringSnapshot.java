package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.List;

/**
 * What is mirrored in an actor system, as of about now: the actors go on while it is made. {@link Mirroring#snapshot} makes
 * it.
 *
 * @param canonicals all that there are, by their owners
 * @param links all ways from a living owner to a living actor
 * @param totals of all ways that there ever were
 */
public record MirroringSnapshot(List<Canonical> canonicals, List<Link> links, Counts totals) {
    public MirroringSnapshot {
        canonicals = List.copyOf(canonicals);
        links = List.copyOf(links);
    }

    /**
     * A canonical.
     *
     * @param owner the path of its actor
     * @param name its name
     * @param version how many values it has had
     * @param mirrors the paths of the actors that mirror it
     */
    public record Canonical(String owner, String name, long version, List<String> mirrors) {
        public Canonical {
            mirrors = List.copyOf(mirrors);
        }
    }

    /**
     * The way from an owner to an actor that mirrors or listens, or once did.
     *
     * @param owner the path of the owner
     * @param target the path of the other actor
     * @param counts of its messages
     * @param undelivered whether a message with an update is underway
     */
    public record Link(String owner, String target, Counts counts, boolean undelivered) {}

    /**
     * What was sent; events are not counted.
     *
     * @param updatesSent messages from owners: new values, connections that begin, connections that end
     * @param updatesConflated turns of owners whose update became part of a message that was already underway
     * @param requests messages of mirrors that asked to be connected ({@link Mirror#connect}); where owners connect them,
     *     none
     */
    public record Counts(long updatesSent, long updatesConflated, long requests) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    updatesSent + other.updatesSent,
                    updatesConflated + other.updatesConflated,
                    requests + other.requests);
        }
    }

    static MirroringSnapshot of(Nodes nodes) {
        List<Canonical> canonicals = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        Counts ended = nodes.countsOfEnded();
        nodes.all().forEach(node -> node.describe(canonicals, links));
        return new MirroringSnapshot(
                canonicals, links, links.stream().map(Link::counts).reduce(ended, Counts::plus));
    }
}
