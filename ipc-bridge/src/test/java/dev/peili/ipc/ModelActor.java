package dev.peili.ipc;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One actor of the channel, with both halves, and all that may have been its end. */
final class ModelActor {
    final Ledger ledger;
    final int key;
    final Level level;
    final Optional<ModelActor> manager;
    /** The side that has made it. */
    final Side maker;

    private final ModelHalf parentHalf;
    private final ModelHalf childHalf;

    /** What it itself has come to; its managers' and the channel's end are not in here. */
    private final Set<DestroyReason> causes = EnumSet.noneOf(DestroyReason.class);

    /** Whether its constructor was accepted for sending. */
    boolean isConstructed;
    /** Whether its constructor came after the end of its manager, so that nothing was constructed. */
    boolean isVoid;
    /** Whether its constructor says something that the other side does not understand. */
    boolean isOrphan;
    /** How often the other side has chosen its target. */
    int timesAsked;

    ModelActor(Ledger ledger, int key, Level level, Optional<ModelActor> manager, Side maker) {
        this.ledger = ledger;
        this.key = key;
        this.level = level;
        this.manager = manager;
        this.maker = maker;
        this.parentHalf = new ModelHalf(this, Side.PARENT);
        this.childHalf = new ModelHalf(this, Side.CHILD);
    }

    ModelHalf half(Side side) {
        return side == Side.PARENT ? parentHalf : childHalf;
    }

    List<ModelHalf> halves() {
        return List.of(parentHalf, childHalf);
    }

    ModelHalf near() {
        return half(maker);
    }

    ModelHalf far() {
        return half(maker.other());
    }

    boolean isBelow(ModelActor other) {
        return manager.filter(its -> its == other || its.isBelow(other)).isPresent();
    }

    /** Something has happened of which it ends, and what it manages. */
    void ends(DestroyReason cause) {
        causes.add(cause);
        if (level == Level.TOP) {
            ledger.isChannelEnding = true;
        }
    }

    /** Whether there is a reason for it to end. */
    boolean isDoomed() {
        return ledger.isChannelEnding || isDoomedItself() || isManagerDoomed();
    }

    private boolean isManagerDoomed() {
        return manager.filter(its -> its.isDoomedItself() || its.isManagerDoomed())
                .isPresent();
    }

    boolean isDoomedItself() {
        return !causes.isEmpty() || hasGroupEnded();
    }

    private boolean hasGroupEnded() {
        return halves().stream()
                .anyMatch(half ->
                        half.target.filter(target -> !target.group().isOpen()).isPresent());
    }

    /** What its halves may be told. */
    Set<DestroyReason> reasons() {
        Set<DestroyReason> all = EnumSet.noneOf(DestroyReason.class);
        all.addAll(causes);
        if (hasGroupEnded()) {
            all.add(DestroyReason.GROUP_STOPPED);
        }
        if (isManagerDoomed()) {
            all.add(DestroyReason.MANAGER_GONE);
        }
        if (ledger.isChannelEnding || ledger.top().isDoomedItself()) {
            all.add(DestroyReason.CHANNEL_CLOSED);
        }
        return all;
    }

    @Override
    public String toString() {
        return level + "-" + key;
    }
}
