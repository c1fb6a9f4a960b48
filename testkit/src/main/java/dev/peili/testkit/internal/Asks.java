package dev.peili.testkit.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.InternalActorRef;

/** The asks that have not been answered; each has a timer that would end it. */
public final class Asks {
    private final Timers timers;
    /** Where the answers go to questions that a probe was told. */
    private final Set<InternalActorRef> questions = new LinkedHashSet<>();

    Asks(Timers timers) {
        this.timers = timers;
    }

    /** A probe was told this, so the test may answer it. */
    void toldProbe(Object message) {
        Questions.addRefsTo(questions, message);
    }

    private boolean testHasQuestions() {
        questions.removeIf(InternalActorRef::isTerminated);
        return !questions.isEmpty();
    }

    void clear() {
        questions.clear();
    }

    /**
     * Those who wait for an answer that nobody can give any more: nothing runs, and no timer would make anybody run but those
     * that end their waiting. A line for each.
     */
    public List<String> hopeless() {
        List<Timers.Timer> all = timers.all();
        boolean hope = all.stream().anyMatch(timer -> timer.ask == null);
        return hope || testHasQuestions() ? List.of() : waiting();
    }

    /** All who wait for an answer. A line for each. */
    public List<String> waiting() {
        List<String> lines = new ArrayList<>();
        for (Timers.Timer timer : timers.all()) {
            if (timer.ask != null && !timer.author.isOver()) {
                lines.add(timer.author.name() + " has asked " + timer.ask.when() + " and gives up in "
                        + Times.text(timer.deadline() - timers.now()));
            }
        }
        return lines;
    }

    /** Lets all of them time out at once, on a thread that is not the driver. */
    void giveUp() {
        timers.giveUpAsks();
    }
}
