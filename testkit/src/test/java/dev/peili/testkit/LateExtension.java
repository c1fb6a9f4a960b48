package dev.peili.testkit;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An extension that makes an actor when it is first asked for; it runs what it is told. */
final class LateExtension implements Extension {
    private static final class Id extends ExtensionId<LateExtension> {
        static final Id INSTANCE = new Id();

        @Override
        public LateExtension createExtension(ActorSystem<?> system) {
            return new LateExtension(system.systemActorOf(
                    Behaviors.<Runnable>receiveMessage(message -> {
                        message.run();
                        return Behaviors.same();
                    }),
                    "late-extension",
                    Props.empty()));
        }
    }

    private final ActorRef<Runnable> actor;

    private LateExtension(ActorRef<Runnable> actor) {
        this.actor = actor;
    }

    static ActorRef<Runnable> of(ActorSystem<?> system) {
        return system.registerExtension(Id.INSTANCE).actor;
    }
}
