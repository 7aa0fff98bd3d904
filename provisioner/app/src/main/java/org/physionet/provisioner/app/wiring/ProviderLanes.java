package org.physionet.provisioner.app.wiring;

import java.util.List;
import org.physionet.provisioner.engine.reconcile.Lanes;

/** One virtual thread for each provider, so that one that is down delays no other. */
final class ProviderLanes implements Lanes {
    @Override
    public void run(List<Runnable> lanes) {
        List<Thread> threads = lanes.stream().map(Thread.ofVirtual()::start).toList();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
