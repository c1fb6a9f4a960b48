package dev.peili.ipc;

/** One actor system, with messages that are passed on as they are. */
final class DirectChannelTest extends ChannelContract {
    DirectChannelTest() {
        super(Stage.Distance.ONE_SYSTEM, "serialize-in-process=off");
    }
}
