#ifndef TRELLIS_CSUITES_H
#define TRELLIS_CSUITES_H

/// The suites that come with Trellis, as the files stand under `suites/`. They are C because C can take a file in whole
/// (`#embed`), where a Swift array of as many bytes takes a minute to compile.
struct trellis_suite_file {
    /// The file's name without its end, as in `autonomy-support`.
    const char *name;
    /// The file's bytes.
    const unsigned char *bytes;
    /// How many there are.
    unsigned long count;
};

/// How many suites there are.
extern const unsigned long trellis_suite_file_count;
/// One of them, from 0 up to the count.
const struct trellis_suite_file *trellis_suite_file_at(unsigned long index);

/// The perturbations that come with Trellis, as the file stands under `perturbations/`.
const struct trellis_suite_file *trellis_perturbation_file(void);

#endif
