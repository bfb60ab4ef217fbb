package io.releve.lab;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs scenarios without anybody at the keyboard. */
final class Script {
    private final Lab lab;
    private final Options options;
    private final PrintStream out;

    Script(Lab lab, Options options, PrintStream out) {
        this.lab = lab;
        this.options = options;
        this.out = out;
    }

    /** @return whether everything came to be as it must */
    boolean run() {
        boolean good = true;
        List<Summary> summaries = new ArrayList<>();
        for (Scenario scenario : options.scenarios) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int run = 1; run <= options.runs; run++) {
                Outcome outcome = run(scenario, run);
                outcomes.add(outcome);
                if (outcome.problem() != null) {
                    good = false;
                    lab.keep();
                }
                show(outcome);
            }
            summaries.add(new Summary(scenario, outcomes));
        }
        show(summaries);
        return good;
    }

    private Outcome run(Scenario scenario, int run) {
        TwoMachines machines;
        try {
            machines = lab.start(scenario.word() + run);
        } catch (LabException e) {
            return new Outcome(scenario, run, List.of(), 0, 0, 0, 0, Map.of(), "not set up: " + e.getMessage());
        }
        return new Trial(machines, scenario, options.rate, options.times(scenario)).run(run);
    }

    /** Each at once, as a run takes its time. */
    private void show(Outcome outcome) {
        if (options.form == Options.Form.JSON) {
            out.println(outcome.json());
            return;
        }
        System.err.println(String.join(", ", new Summary(outcome.scenario(), List.of(outcome)).plain()) + ", run " + outcome.run()
                + ", leaders " + outcome.leaders() + (outcome.problem() == null ? "" : "\n  ! " + outcome.problem()));
    }

    private void show(List<Summary> summaries) {
        if (options.form == Options.Form.JSON) {
            summaries.forEach(summary -> out.println(summary.json()));
            return;
        }
        Table table = new Table(Summary.HEADINGS);
        summaries.forEach(summary -> table.add(summary.cells()));
        out.print(options.form == Options.Form.MARKDOWN ? table.markdown() : table.columns());
    }
}
