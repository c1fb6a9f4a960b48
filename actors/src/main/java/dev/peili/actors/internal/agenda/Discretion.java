package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the promises leave open: which of the groups of one tier goes next, and which of the actors that have messages in
 * one category of a group, or its first task. {@link #FAIR} decides it for production, by the CPU time that was used and by arrival.
 */
abstract class Discretion {
    static final Discretion FAIR = new Discretion() {
        @Override
        Node node(Tier tier, Seat seat) {
            return tier.firstNear(seat);
        }

        @Override
        Work work(Node node, int index, Precedence order) {
            return node.lane(index).first();
        }
    };

    /** The node of the tier that goes next. The tier is not empty. */
    abstract Node node(Tier tier, Seat seat);

    /** The work that is taken from this lane of the node, whose first may start. */
    abstract Work work(Node node, int index, Precedence order);

    static Discretion of(Chooser chooser) {
        return new Chosen(chooser);
    }

    private static final class Chosen extends Discretion {
        private static final Comparator<Node> BY_NUMBER = Comparator.comparingInt(node -> node.number);

        private final Chooser chooser;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Work> works = new ArrayList<>();

        Chosen(Chooser chooser) {
            this.chooser = chooser;
        }

        @Override
        Node node(Tier tier, Seat seat) {
            if (tier.size() == 1) {
                return tier.first();
            }
            tier.copyTo(nodes);
            nodes.sort(BY_NUMBER);
            Node node = nodes.get(chooser.choose(nodes.size(), i -> nodes.get(i).label()));
            nodes.clear();
            return node;
        }

        @Override
        Work work(Node node, int index, Precedence order) {
            Lane lane = node.lane(index);
            if (lane.size() == 1 || lane.first().joint != null) {
                return lane.first();
            }
            // A root task is counted on by all families; nothing that is behind one comes before it.
            lane.copyFreeTo(works, node.kind != Node.Kind.ROOT);
            works.removeIf(work -> work.ordered()
                    && work != lane.first()
                    && (work.joint != null || !order.isFirst(node, index, work)));
            Work work = works.size() == 1
                    ? works.get(0)
                    : works.get(chooser.choose(works.size(), i -> works.get(i).name()));
            works.clear();
            return work;
        }
    }
}
