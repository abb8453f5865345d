import Consents
import Testing
