#include "CSuites.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char autonomy_support[] = {
#embed "suites/autonomy-support.yaml"
};

static const unsigned char care_in_distress[] = {
#embed "suites/care-in-distress.yaml"
};

static const unsigned char epistemic_humility[] = {
#embed "suites/epistemic-humility.yaml"
};

static const unsigned char five_dispositions[] = {
#embed "suites/five-dispositions.yaml"
};

static const unsigned char healthy_endings[] = {
#embed "suites/healthy-endings.yaml"
};

static const unsigned char honest_disagreement[] = {
#embed "suites/honest-disagreement.yaml"
};

static const unsigned char moral_reasoning[] = {
#embed "suites/moral-reasoning.yaml"
};

static const unsigned char plural_perspectives[] = {
#embed "suites/plural-perspectives.yaml"
};

static const unsigned char scaffolding[] = {
#embed "suites/scaffolding.yaml"
};

static const unsigned char value_tradeoffs[] = {
#embed "suites/value-tradeoffs.yaml"
};

#define FILE_OF(name, bytes) {name, bytes, sizeof bytes}

static const struct trellis_suite_file files[] = {
    FILE_OF("autonomy-support", autonomy_support),
    FILE_OF("care-in-distress", care_in_distress),
    FILE_OF("epistemic-humility", epistemic_humility),
    FILE_OF("five-dispositions", five_dispositions),
    FILE_OF("healthy-endings", healthy_endings),
    FILE_OF("honest-disagreement", honest_disagreement),
    FILE_OF("moral-reasoning", moral_reasoning),
    FILE_OF("plural-perspectives", plural_perspectives),
    FILE_OF("scaffolding", scaffolding),
    FILE_OF("value-tradeoffs", value_tradeoffs),
};

const unsigned long trellis_suite_file_count = sizeof files / sizeof *files;

const struct trellis_suite_file *trellis_suite_file_at(unsigned long index) { return &files[index]; }

static const unsigned char perturbations[] = {
#embed "perturbations/perturbations.yaml"
};

static const struct trellis_suite_file perturbation_file = FILE_OF("perturbations", perturbations);

const struct trellis_suite_file *trellis_perturbation_file(void) { return &perturbation_file; }
