package dev.peili.ipc;

/** One actor system, with messages that are serialized. */
final class LocalChannelTest extends ChannelContract {
    LocalChannelTest() {
        super(Stage.Distance.ONE_SYSTEM);
    }
}
