{
  "signatures" : [
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "de84a8d7fc67fa934491ad9fa8b99fc0217dcc2fae1ad624488e04425dff3876",
      "key" : "Z5f6Yb1IZObZTkzcRfQgYecHEeY4xAp3bxzDki2lzYY=",
      "signature" : "Ee9Dfk1M44GIKrSErnJgXs6f7IKgSxzPaF7r/omx/0rDdr9AOGAPKKDLC6jGuPfRl5LQI0IwSwduiH1p3+wIDg==",
      "signer" : "A signer of the example",
      "version" : "0.1.0"
    },
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "de84a8d7fc67fa934491ad9fa8b99fc0217dcc2fae1ad624488e04425dff3876",
      "key" : "oMsI6WyTxTUpKc3EVL5Zt1Ou2q8AuxijBJ6PbgMrm00=",
      "signature" : "GNa3zgDoQFICKmqZeO0rR6hmoRhvVPJ64B7OEfKuR7TRDqqUihiCRMpid/RAVMktlybXy1SBnhuA9iHyu1lhCQ==",
      "signer" : "Another signer of the example",
      "version" : "0.1.0"
    }
  ]
}
