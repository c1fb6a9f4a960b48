package dev.peili.actors;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** What has become a dead letter. */
final class DeadLetters {
    private DeadLetters() {}

    /** The messages that become dead letters of this system; another one, which outlives it, receives them. */
    static Queue<Object> of(ActorTestKit kit, Systems systems) {
        Queue<Object> letters = new ConcurrentLinkedQueue<>();
        ActorRef<DeadLetter> receiver = systems.start(1).spawn(Behaviors.receiveMessage(letter -> {
            letters.add(letter.message());
            return Behaviors.same();
        }));
        Adapter.toClassic(kit.system()).eventStream().subscribe(Adapter.toClassic(receiver), DeadLetter.class);
        return letters;
    }
}
