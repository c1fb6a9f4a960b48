package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to work of several groups as a whole.
 *
 * <p>Nothing is ever held while something else is waited for, or two of them would wait for each other. Either all parts
 * can start, and they do, or none does. Where only open turns stand in the way, and nothing else keeps one of the groups
 * free for itself, all of them are <em>reserved</em> at once: no other turn of theirs starts, so the open ones end and it
 * is the work's turn. What is reserved waits for nothing but turns that are open, and those end by themselves.
 *
 * <p>A look at the whole that found that it cannot start leaves every part <em>stuck</em>: its group goes on with other
 * categories, and looks again when something has changed for the group.
 */
final class Joints {
    private final RootBarrier root;
    private final Offers offers;

    Joints(RootBarrier root, Offers offers) {
        this.root = root;
        this.offers = offers;
    }

    Entry enqueue(Joint joint) {
        List<Node> offered = new ArrayList<>();
        List<Joint> inVain = new ArrayList<>();
        joint.lock();
        try {
            for (Joint.Part part : joint.parts) {
                if (!part.admission().isOpen()) {
                    return Entry.CLOSED;
                }
                if (part.node.isFull(part.lane)) {
                    return Entry.FULL;
                }
            }
            joint.waiting = true;
            joint.rootStamp = root.issued(joint.work.lane);
            boolean aside = isSuspended(joint);
            for (Joint.Part part : joint.parts) {
                Family family = part.node.family;
                part.admission().admit();
                part.aside = aside;
                family.joints.add(joint);
                if (family.enqueue(part)) {
                    offered.add(part.node);
                }
                Joint other = Exclusion.keptFreeInVain(part);
                if (other != null && !aside) {
                    inVain.add(other);
                }
            }
            lend(joint, anyVisible(joint));
        } finally {
            joint.unlock();
        }
        offers.offerAll(offered);
        refresh(inVain);
        offers.signalUrgent();
        return Entry.ADMITTED;
    }

    /** Opens the turn, for the node that was picked for it; null if it cannot start. */
    @Nullable
    Work begin(Joint joint, Node picked) {
        List<Node> offered = new ArrayList<>();
        Work work = null;
        joint.lock();
        try {
            if (joint.waiting && !picked.queued && !picked.active) {
                boolean next = isNext(joint);
                if (next && isFree(joint)) {
                    work = start(joint, picked);
                } else {
                    wait(joint, picked, next, offered);
                }
            }
        } finally {
            joint.unlock();
        }
        offers.offerAll(offered);
        return work;
    }

    private static boolean isNext(Joint joint) {
        return joint.parts.stream().allMatch(part -> part.node.family.isNext(part));
    }

    private static boolean isFree(Joint joint) {
        boolean free = true;
        for (Joint.Part part : joint.parts) {
            // All are asked, so that each knows who waits.
            free &= part.node.family.exclusion.isFree(part);
        }
        return free;
    }

    private static void wait(Joint joint, Node picked, boolean next, List<Node> offered) {
        joint.parts.forEach(part -> part.stuck = true);
        picked.blocked = true;
        if (next) {
            reserve(joint);
        } else if (joint.reserved) {
            // Idle work, and one of its groups has got something else to do.
            unreserve(joint);
            joint.parts.forEach(part -> part.node.family.reoffer(part.node, offered));
        }
        if (!joint.reserved && picked.family.offerAsItIs(picked)) {
            offered.add(picked);
        }
    }

    private static void reserve(Joint joint) {
        if (!joint.reserved && joint.parts.stream().allMatch(part -> part.node.family.exclusion.mayBeReserved(part))) {
            joint.reserved = true;
            joint.parts.forEach(part -> part.node.family.exclusion.reserve(part));
        }
    }

    private static Work start(Joint joint, Node picked) {
        unreserve(joint);
        joint.waiting = false;
        joint.work.node = picked;
        for (Joint.Part part : joint.parts) {
            part.node.family.begin(part);
        }
        return joint.work;
    }

    private static void unreserve(Joint joint) {
        if (joint.reserved) {
            joint.reserved = false;
            joint.parts.forEach(part -> part.node.family.exclusion.unreserve(part));
        }
    }

    /** Closes the turn, and adds to the list what has become worth looking at. */
    void end(Joint joint, List<Node> offered) {
        List<Admission> drained = new ArrayList<>();
        joint.lock();
        try {
            for (Joint.Part part : joint.parts) {
                if (part.node.family.end(part.node, offered)) {
                    offered.add(part.node);
                }
            }
            forget(joint, drained);
        } finally {
            joint.unlock();
        }
        drained.forEach(Admission::drained);
    }

    private void forget(Joint joint, List<Admission> drained) {
        lend(joint, false);
        joint.families.forEach(family -> family.joints.remove(joint));
        for (Joint.Part part : joint.parts) {
            part.admission().done(1);
            if (part.admission().justDrained()) {
                drained.add(part.admission());
            }
        }
    }

    /** Takes it out of all lanes, unless it has started or is out already; says whether it did. */
    boolean drop(Joint joint) {
        List<Node> offered = new ArrayList<>();
        List<Admission> drained = new ArrayList<>();
        boolean dropped;
        joint.lock();
        try {
            dropped = joint.waiting;
            if (dropped) {
                joint.waiting = false;
                unreserve(joint);
                joint.parts.forEach(part -> part.node.family.remove(part, offered));
                forget(joint, drained);
            }
        } finally {
            joint.unlock();
        }
        offers.offerAll(offered);
        drained.forEach(Admission::drained);
        return dropped;
    }

    /** A family has become visible, or is so no longer. */
    void refreshUrgency(List<Joint> joints) {
        for (Joint joint : joints) {
            joint.lock();
            try {
                if (joint.families.get(0).joints.contains(joint)) {
                    lend(joint, anyVisible(joint));
                }
            } finally {
                joint.unlock();
            }
        }
    }

    /** A group that these affect has been suspended or resumed, or has got something else to do. */
    void refresh(List<Joint> joints) {
        List<Node> offered = new ArrayList<>();
        for (Joint joint : joints) {
            joint.lock();
            try {
                refresh(joint, offered);
            } finally {
                joint.unlock();
            }
            offers.offerAll(offered);
        }
    }

    private static void refresh(Joint joint, List<Node> offered) {
        if (joint.waiting) {
            // What was suspended may be older; whether this may still be next is found out again.
            unreserve(joint);
            boolean aside = isSuspended(joint);
            for (Joint.Part part : joint.parts) {
                if (part.aside == aside) {
                    part.node.family.reoffer(part.node, offered);
                } else {
                    part.node.family.setAside(part, aside, offered);
                }
            }
        }
    }

    private static boolean isSuspended(Joint joint) {
        return joint.parts.stream().anyMatch(part -> part.node.family.suspended(part.node));
    }

    private static boolean anyVisible(Joint joint) {
        return joint.families.stream().anyMatch(Family::visible);
    }

    private static void lend(Joint joint, boolean now) {
        if (joint.lent != now) {
            joint.lent = now;
            joint.families.forEach(family -> family.lend(now ? 1 : -1));
        }
    }
}
