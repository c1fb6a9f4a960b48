package dev.peili.ipc;

/** Two actor systems in one process. */
final class TwoSystemsTest extends ChannelContract {
    TwoSystemsTest() {
        super(Stage.Distance.TWO_SYSTEMS);
    }
}
